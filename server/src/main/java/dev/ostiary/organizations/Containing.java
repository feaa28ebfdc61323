package dev.ostiary.organizations;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;

/** The wire's parameter {@code q}: a text that is part of one of several columns, without regard to case. */
final class Containing {
    private Containing() {}

    /** Stands in a WHERE clause; {@code TRUE} if nothing is asked for. */
    static String condition(Optional<String> text, String... columns) {
        if (text.isEmpty()) {
            return "TRUE";
        }
        return Arrays.stream(columns)
                .map(column -> column + " ILIKE :containing")
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    static Query bind(Query query, Optional<String> text) {
        text.ifPresent(t -> query.bind("containing", pattern(t)));
        return query;
    }

    /** Wildcards of the text stand for themselves. */
    static String pattern(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
