package dev.ostiary.users;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** How many users signed in on which day, and after how many days without: enough to count the users of a span. */
final class ActiveUsers {
    /** Stands for longer ones too, and for the first time; no span that is asked for is longer. */
    static final int LONGEST_GAP = 30;

    private final Map<LocalDate, long[]> usersByGap = new HashMap<>();

    void add(LocalDate day, int gap, long users) {
        usersByGap.computeIfAbsent(day, d -> new long[LONGEST_GAP + 1])[gap] += users;
    }

    long on(LocalDate day) {
        return within(day, 1);
    }

    /**
     * Different users within the days that end with {@code last}. Each counts on the first of these days he comes, which is
     * the one with a gap that reaches back before the span.
     *
     * @param length days, at most {@link #LONGEST_GAP}
     */
    long within(LocalDate last, int length) {
        long users = 0;
        for (int age = 0; age < length; age++) {
            long[] day = usersByGap.getOrDefault(last.minusDays(age), new long[0]);
            for (int gap = length - age; gap < day.length; gap++) {
                users += day[gap];
            }
        }
        return users;
    }
}
