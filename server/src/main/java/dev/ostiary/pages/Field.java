package dev.ostiary.pages;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text field of a form.
 *
 * @param value what was typed; a secret is never sent back
 * @param autocomplete the word by which password managers know it
 * @param errors what is wrong with it, in sentences
 * @param rules what is expected of it
 * @param isFixed shown, and not to be changed
 */
public record Field(
        String name,
        String label,
        String type,
        String value,
        String autocomplete,
        @Nullable String inputMode,
        List<String> errors,
        List<Rule> rules,
        boolean isFocused,
        boolean isFixed) {
    /** Longer text is not sent back. */
    static final int LONGEST_ECHO = 256;

    /**
     * @param name a rule that the script can judge while typing, else null
     * @param state {@code unmet} where the last password broke it, else null
     */
    public record Rule(@Nullable String name, @Nullable String least, String text, @Nullable String state) {}

    static Field text(String name, String label, String value, String autocomplete, List<String> errors) {
        return new Field(name, label, "text", value, autocomplete, null, errors, List.of(), false, false);
    }

    static Field secret(String name, String label, String autocomplete, List<String> errors, List<Rule> rules) {
        return new Field(name, label, "password", "", autocomplete, null, errors, rules, false, false);
    }

    /** What was typed, as it comes back. */
    static String echo(String typed) {
        return typed.length() > LONGEST_ECHO ? typed.substring(0, LONGEST_ECHO) : typed;
    }

    Field typed(String newType, @Nullable String newInputMode) {
        return new Field(name, label, newType, value, autocomplete, newInputMode, errors, rules, isFocused, isFixed);
    }

    Field focused() {
        return new Field(name, label, type, value, autocomplete, inputMode, errors, rules, true, isFixed);
    }

    /** What is settled: shown, and not to be changed. */
    Field fixed() {
        return new Field(name, label, type, value, autocomplete, inputMode, errors, rules, isFocused, true);
    }

    boolean isEmpty() {
        return value.isEmpty();
    }

    public boolean isSecret() {
        return type.equals("password");
    }

    public @Nullable String invalid() {
        return isWrong() ? "true" : null;
    }

    private boolean isWrong() {
        return !errors.isEmpty() || rules.stream().anyMatch(rule -> "unmet".equals(rule.state()));
    }

    /** Ids of what explains it. */
    public @Nullable String describedBy() {
        List<String> ids = new ArrayList<>(2);
        if (!errors.isEmpty()) {
            ids.add(name + "-error");
        }
        if (!rules.isEmpty()) {
            ids.add(name + "-rules");
        }
        return ids.isEmpty() ? null : String.join(" ", ids);
    }

    /** The visitor begins at what is wrong, else at what is empty. */
    static List<Field> focusFirst(List<Field> fields) {
        int at = first(fields, Field::isWrong);
        if (at < 0) {
            at = first(fields, Field::isEmpty);
        }
        List<Field> all = new ArrayList<>(fields);
        if (at >= 0) {
            all.set(at, all.get(at).focused());
        }
        return all;
    }

    private static int first(List<Field> fields, java.util.function.Predicate<Field> wanted) {
        for (int i = 0; i < fields.size(); i++) {
            if (wanted.test(fields.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
