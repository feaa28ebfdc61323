package dev.ostiary.experience;

import dev.ostiary.errors.Texts;
import dev.ostiary.experience.SignInExperience.LanguageInfo;
import dev.ostiary.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The words of the sign-in pages, for pages that others write. */
final class Phrases {
    private static final Map<String, ObjectNode> BY_LANGUAGE =
            Texts.LANGUAGES.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Phrases::load));

    private Phrases() {}

    /** @param language one of {@link Texts#LANGUAGES} */
    static ObjectNode of(String language) {
        return BY_LANGUAGE.getOrDefault(language, Json.object());
    }

    /**
     * @param asked a tag the caller named, before all others
     * @param preferred what the visitor reads, most wanted first
     */
    static String language(LanguageInfo info, @Nullable String asked, List<String> preferred) {
        List<String> wanted = new ArrayList<>();
        if (asked != null) {
            wanted.add(asked);
        }
        if (info.autoDetect()) {
            wanted.addAll(preferred);
        }
        wanted.add(info.fallbackLanguage());
        return Texts.language(wanted);
    }

    private static ObjectNode load(String language) {
        Properties texts = new Properties();
        try (InputStream in = Phrases.class.getResourceAsStream("/i18n/pages." + language + ".properties")) {
            if (in != null) {
                texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ObjectNode phrases = Json.object();
        ObjectNode translation = phrases.putObject("translation");
        for (String key : new TreeSet<>(texts.stringPropertyNames())) {
            translation.put(key, texts.getProperty(key));
        }
        return phrases;
    }
}
