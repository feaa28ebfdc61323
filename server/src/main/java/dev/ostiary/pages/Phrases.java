package dev.ostiary.pages;

import dev.ostiary.errors.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of the pages in one language. Sentences are written whole; what varies in them stands in {@code {braces}}. */
public final class Phrases {
    private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");
    private static final Map<String, Phrases> BY_LANGUAGE = new HashMap<>();

    static {
        for (String language : Texts.LANGUAGES) {
            BY_LANGUAGE.put(language, new Phrases(language, load(language)));
        }
    }

    private final String language;
    private final Properties words;

    /**
     * A piece of a sentence.
     *
     * @param isName whether {@code text} is the name of something that is put here
     */
    public record Part(String text, boolean isName) {}

    private Phrases(String language, Properties words) {
        this.language = language;
        this.words = words;
    }

    /** @param language one of {@link Texts#LANGUAGES} */
    static Phrases in(String language) {
        Phrases phrases = BY_LANGUAGE.get(language);
        return phrases == null ? BY_LANGUAGE.getOrDefault("en", new Phrases("en", new Properties())) : phrases;
    }

    String language() {
        return language;
    }

    Set<String> keys() {
        return words.stringPropertyNames();
    }

    boolean has(String key) {
        return words.containsKey(key);
    }

    String say(String key) {
        return words.getProperty(key, key);
    }

    String say(String key, Map<String, ?> values) {
        String text = say(key);
        for (Map.Entry<String, ?> value : values.entrySet()) {
            text = text.replace("{" + value.getKey() + "}", String.valueOf(value.getValue()));
        }
        return text;
    }

    /** The sentence in pieces, for names that are shown as links or set off from the rest. */
    List<Part> parts(String key) {
        String text = say(key);
        List<Part> parts = new ArrayList<>();
        Matcher matcher = NAME.matcher(text);
        int at = 0;
        while (matcher.find()) {
            if (matcher.start() > at) {
                parts.add(new Part(text.substring(at, matcher.start()), false));
            }
            parts.add(new Part(matcher.group(1), true));
            at = matcher.end();
        }
        if (at < text.length()) {
            parts.add(new Part(text.substring(at), false));
        }
        return parts;
    }

    private static Properties load(String language) {
        Properties properties = new Properties();
        try (InputStream in = Phrases.class.getResourceAsStream("/i18n/pages." + language + ".properties")) {
            if (in == null) {
                throw new IllegalStateException("No words for " + language);
            }
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
