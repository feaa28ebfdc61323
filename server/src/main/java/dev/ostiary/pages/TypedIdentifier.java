package dev.ostiary.pages;

import dev.ostiary.verifications.Identifier;
import dev.ostiary.verifications.IdentifierType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One field for names of several kinds: which kind was typed is seen from the text. */
final class TypedIdentifier {
    private static final List<IdentifierType> ORDER =
            List.of(IdentifierType.USERNAME, IdentifierType.EMAIL, IdentifierType.PHONE);

    private TypedIdentifier() {}

    /** @param allowed kinds that the tenant lets in with a password, at least one */
    static Identifier read(String typed, List<IdentifierType> allowed) {
        String text = typed.strip();
        if (allowed.contains(IdentifierType.EMAIL) && text.indexOf('@') > 0) {
            return new Identifier(IdentifierType.EMAIL, text);
        }
        boolean numeric = text.length() <= 32 && text.matches("\\+?[0-9][0-9 ()./-]{4,}");
        if (allowed.contains(IdentifierType.PHONE) && numeric) {
            return new Identifier(IdentifierType.PHONE, text.replaceAll("[^0-9]", ""));
        }
        IdentifierType type = allowed.contains(IdentifierType.USERNAME) ? IdentifierType.USERNAME : allowed.getFirst();
        return new Identifier(type, text);
    }

    /**
     * The kinds that a page asks for.
     *
     * @param wanted by the application: words with spaces between; where none of them is allowed, all that are
     */
    static List<IdentifierType> narrowed(List<IdentifierType> allowed, String wanted) {
        List<String> words = Arrays.asList(wanted.split(" "));
        List<IdentifierType> narrowed =
                allowed.stream().filter(type -> words.contains(type.word())).toList();
        return narrowed.isEmpty() ? allowed : narrowed;
    }

    /** Key of the field's label. */
    static String label(List<IdentifierType> types) {
        return Stream.concat(
                        Stream.of("identifier"),
                        ORDER.stream().filter(types::contains).map(IdentifierType::word))
                .collect(Collectors.joining("_"))
                .replaceFirst("_", ".");
    }

    static Field shaped(Field field, List<IdentifierType> types) {
        if (types.equals(List.of(IdentifierType.EMAIL))) {
            return field.typed("email", "email");
        }
        return types.equals(List.of(IdentifierType.PHONE)) ? field.typed("tel", "tel") : field;
    }
}
