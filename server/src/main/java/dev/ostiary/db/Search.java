package dev.ostiary.db;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The wire's search parameters as one SQL condition with bound values: {@code search} and {@code search.<field>}, each with
 * {@code mode}, joined by {@code joint}. Only the columns that the caller names reach the SQL text (MA6).
 */
public final class Search {
    private static final int MOST_VALUES = 100;
    private static final int LONGEST = 256;
    /** A pattern may be costly to match; what takes longer than this is refused. */
    private static final int PATTERN_SECONDS = 2;

    private static final int LARGEST_PATTERN = 1_000;

    private static final Set<String> TRUE = Set.of("1", "true", "y", "yes", "yep", "yeah");

    private enum Mode {
        EXACT,
        LIKE,
        SIMILAR_TO,
        POSIX
    }

    private final List<String> terms = new ArrayList<>();
    private final Map<String, String> bindings = new LinkedHashMap<>();
    private final Map<String, String> columns;
    private final Map<String, Mode> modes = new LinkedHashMap<>();
    private final boolean isCaseSensitive;
    private final String joint;
    private boolean hasPattern;

    private Search(Map<String, String> columns, boolean isCaseSensitive, String joint) {
        this.columns = columns;
        this.isCaseSensitive = isCaseSensitive;
        this.joint = joint;
    }

    /**
     * @param names of all parameters of the request; those that are none of a search are passed over
     * @param values of a parameter, in order
     * @param columns SQL expression of each field that may be searched, by its name on the wire
     * @throws AppException 400 {@code request.invalid_input}
     */
    public static Search of(
            Collection<String> names, Function<String, List<String>> values, Map<String, String> columns) {
        boolean isCaseSensitive =
                values.apply("isCaseSensitive").stream().anyMatch(v -> TRUE.contains(v.toLowerCase(Locale.ROOT)));
        Search search = new Search(columns, isCaseSensitive, joint(values));
        names.stream()
                .filter(name -> name.equals("mode") || name.startsWith("mode."))
                .forEach(name -> search.mode(name, values.apply(name)));
        names.stream()
                .filter(name -> name.equals("search") || name.startsWith("search."))
                .forEach(name -> search.term(name, values.apply(name)));
        return search;
    }

    /**
     * For one transaction. No sequential scan: it is cheap by the planner's figures where a pattern matches a lot, and
     * reads the rows of all tenants where this tenant has few. Plans are made for the pattern at hand. And nothing runs
     * longer than a caller would wait.
     */
    public static void plan(Tx tx) {
        tx.query("SELECT concat(set_config('enable_seqscan', 'off', true), set_config('statement_timeout', '5s', true),"
                        + " set_config('plan_cache_mode', 'force_custom_plan', true))")
                .mapTo(String.class)
                .one();
    }

    /** Whether nothing is searched for. */
    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** Stands in a WHERE clause; {@code TRUE} if nothing is searched for. */
    public String condition() {
        return terms.isEmpty() ? "TRUE" : "(" + String.join(joint, terms) + ")";
    }

    /** Binds what {@link #condition} needs. */
    public <S extends SqlStatement<S>> S bind(S statement) {
        bindings.forEach(statement::bind);
        return hasPattern ? statement.setQueryTimeout(PATTERN_SECONDS) : statement;
    }

    private static String joint(Function<String, List<String>> values) {
        List<String> given = new ArrayList<>(values.apply("joint"));
        given.addAll(values.apply("jointMode"));
        if (given.isEmpty() || given.getFirst().equals("or")) {
            return " OR ";
        }
        if (given.getFirst().equals("and")) {
            return " AND ";
        }
        throw invalid("The joint mode is 'or' or 'and'.");
    }

    private void mode(String parameter, List<String> values) {
        String field = parameter.equals("mode") ? "" : field(parameter.substring("mode.".length()));
        Mode mode =
                switch (values.getFirst()) {
                    case "exact" -> Mode.EXACT;
                    case "like" -> Mode.LIKE;
                    case "similar_to" -> Mode.SIMILAR_TO;
                    case "posix" -> Mode.POSIX;
                    default -> throw invalid("The mode is one of exact, like, similar_to, posix.");
                };
        if (mode == Mode.SIMILAR_TO && !isCaseSensitive) {
            throw invalid("The mode similar_to needs isCaseSensitive=true.");
        }
        modes.put(field, mode);
    }

    private void term(String parameter, List<String> values) {
        if (values.size() > MOST_VALUES || values.stream().anyMatch(v -> v.isEmpty() || v.indexOf('\0') >= 0)) {
            throw invalid("A value to search for must not be empty.");
        }
        Collection<String> fields =
                parameter.equals("search") ? columns.keySet() : List.of(field(parameter.substring("search.".length())));
        List<String> alternatives = new ArrayList<>();
        for (String field : fields) {
            Mode mode = modes.getOrDefault(field, modes.getOrDefault("", Mode.LIKE));
            if (values.size() > 1 && mode != Mode.EXACT) {
                throw invalid("Several values can only be searched for in mode exact.");
            }
            for (String value : values) {
                alternatives.add(comparison(String.valueOf(columns.get(field)), mode, value));
            }
        }
        terms.add("(" + String.join(" OR ", alternatives) + ")");
    }

    private String comparison(String column, Mode mode, String value) {
        return switch (mode) {
            // ILIKE of the escaped text, unlike lower(), is served by a trigram index.
            case EXACT -> isCaseSensitive ? column + " = " + bound(value) : column + " ILIKE " + bound(escaped(value));
            case LIKE -> column + (isCaseSensitive ? " LIKE " : " ILIKE ") + bound(likePattern(value));
            case SIMILAR_TO -> column + " SIMILAR TO " + bound(pattern(value));
            case POSIX -> column + (isCaseSensitive ? " ~ " : " ~* ") + bound(pattern(value));
        };
    }

    private String bound(String value) {
        String name = "search" + bindings.size();
        bindings.put(name, value);
        return ":" + name;
    }

    private String pattern(String value) {
        if (value.length() > LONGEST) {
            throw invalid("A pattern has at most " + LONGEST + " characters.");
        }
        if (PatternSize.of(value) > LARGEST_PATTERN) {
            throw invalid(
                    "A pattern has at most " + LARGEST_PATTERN + " parts, each counted as often as it is repeated.");
        }
        hasPattern = true;
        return value;
    }

    /** The caller's wildcards; a backslash at the end would escape nothing, which PostgreSQL refuses. */
    private static String likePattern(String value) {
        int backslashes = 0;
        while (backslashes < value.length() && value.charAt(value.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 0 ? value : value + "\\";
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private String field(String given) {
        String field = camelCase(given);
        if (field == null || !columns.containsKey(field)) {
            throw invalid("Searchable fields: " + String.join(", ", columns.keySet()) + ".");
        }
        return field;
    }

    private static @Nullable String camelCase(String name) {
        if (name.length() > 64) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        boolean upper = false;
        for (char c : name.toCharArray()) {
            if (c == '_') {
                upper = true;
            } else {
                text.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return text.toString();
    }

    private static AppException invalid(String details) {
        return new AppException(CommonError.INVALID_REQUEST_INPUT, null, details);
    }
}
