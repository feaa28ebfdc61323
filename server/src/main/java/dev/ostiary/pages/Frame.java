package dev.ostiary.pages;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all pages have around their content.
 *
 * @param title of the window
 * @param application display name of the application that the visitor came from
 * @param scripts addresses; no page needs them
 * @param isInert a preview, whose forms lead nowhere
 */
public record Frame(
        Phrases phrases,
        String title,
        @Nullable String application,
        Look look,
        Legal legal,
        List<LanguageChoice> languages,
        List<String> scripts,
        boolean isInert) {

    /** @param address of this page in that language */
    public record LanguageChoice(String tag, String name, String address, boolean isCurrent) {}

    public String language() {
        return phrases.language();
    }

    public String say(String key) {
        return phrases.say(key);
    }

    String say(String key, Map<String, ?> values) {
        return phrases.say(key, values);
    }

    public List<Phrases.Part> parts(String key) {
        return phrases.parts(key);
    }

    /** As the value of an attribute that is left out where it is null. */
    public @Nullable String inert() {
        return isInert ? "true" : null;
    }
}
