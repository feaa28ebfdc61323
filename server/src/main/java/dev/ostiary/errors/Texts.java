package dev.ostiary.errors;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What a code says to a person, in the languages we write. Clients branch on codes, never on these. */
public final class Texts {
    /** Languages we write ourselves; anything else falls back to English. */
    public static final List<String> LANGUAGES = List.of("en", "ja", "zh-CN");

    private static final Map<String, Properties> BY_LANGUAGE = new HashMap<>();

    static {
        for (String language : LANGUAGES) {
            BY_LANGUAGE.put(language, load("/i18n/errors." + language + ".properties"));
        }
    }

    private Texts() {}

    /** @param language one of {@link #LANGUAGES} */
    public static String of(String code, String language, Map<String, ?> interpolation) {
        Properties texts = BY_LANGUAGE.getOrDefault(language, BY_LANGUAGE.get("en"));
        String text = texts == null ? null : texts.getProperty(code);
        if (text == null) {
            Properties english = BY_LANGUAGE.get("en");
            text = english == null ? code : english.getProperty(code, code);
        }
        for (Map.Entry<String, ?> entry : interpolation.entrySet()) {
            text = text.replace("{" + entry.getKey() + "}", String.valueOf(entry.getValue()));
        }
        return text;
    }

    /**
     * The language of ours that fits an {@code Accept-Language} header or a space separated {@code ui_locales} best.
     *
     * @param preferences most wanted first; q-values in a header are respected
     */
    public static String language(Iterable<String> preferences) {
        for (String wanted : preferences) {
            String tag = wanted.strip().toLowerCase(java.util.Locale.ROOT);
            if (tag.equals("zh") || tag.startsWith("zh-cn") || tag.startsWith("zh-hans") || tag.startsWith("zh-sg")) {
                return "zh-CN";
            }
            if (tag.equals("ja") || tag.startsWith("ja-")) {
                return "ja";
            }
            if (tag.equals("en") || tag.startsWith("en-")) {
                return "en";
            }
        }
        return "en";
    }

    private static Properties load(String resource) {
        Properties properties = new Properties();
        try (InputStream in = Texts.class.getResourceAsStream(resource)) {
            if (in != null) {
                properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
