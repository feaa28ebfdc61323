package dev.ostiary.db;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a regular expression becomes once its bounded repetitions are written out, which PostgreSQL does: for
 * {@code ((a{1,60}){1,60}){1,4}} it copies for seconds, and no timeout ends that (DO3).
 */
final class PatternSize {
    private static final long MOST = 1_000_000;

    private final String pattern;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long group;
    private long atom;

    private PatternSize(String pattern) {
        this.pattern = pattern;
    }

    /** In atoms; a pattern that is malformed has some size too. */
    static long of(String pattern) {
        return new PatternSize(pattern).measure();
    }

    private long measure() {
        for (int at = 0; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            if (c == '(') {
                add(atom);
                outer.push(group);
                group = 0;
                atom = 0;
            } else if (c == ')' && !outer.isEmpty()) {
                add(atom);
                atom = group;
                group = outer.pop();
            } else if (c == '{') {
                int end = pattern.indexOf('}', at);
                atom = Math.min(MOST, Math.max(1, atom) * most(pattern.substring(at + 1, end < 0 ? at + 1 : end)));
                at = end < 0 ? at : end;
            } else {
                add(atom);
                atom = 1;
                at = c == '\\' ? at + 1 : c == '[' ? Math.max(at, pattern.indexOf(']', at + 2)) : at;
            }
        }
        add(atom);
        while (!outer.isEmpty()) {
            atom = outer.pop();
            add(atom);
        }
        return group;
    }

    private void add(long atoms) {
        group = Math.min(MOST, group + atoms);
    }

    /** The upper bound of {@code m}, {@code m,} or {@code m,n}. */
    private static long most(String bounds) {
        String last = bounds.substring(bounds.indexOf(',') + 1).strip();
        String digits = last.isEmpty() ? bounds.replace(",", "").strip() : last;
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 1;
        }
        return digits.length() > 6 ? MOST : Math.max(1, Long.parseLong(digits));
    }
}
