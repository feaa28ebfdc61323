package dev.ostiary.sso;

import dev.ostiary.errors.Texts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** How a kind of provider looks and what it is called, in the languages we write. */
final class ProviderFace {
    private static final Map<String, Properties> TEXTS = new HashMap<>();

    static {
        for (String language : Texts.LANGUAGES) {
            TEXTS.put(language, texts(language));
        }
    }

    private final String provider;
    private final String logo;
    private final String darkLogo;

    /** @param drawing which of our drawings stands for it */
    ProviderFace(String provider, String drawing) {
        this.provider = provider;
        String svg = new String(read("/sso/" + drawing + ".svg"), StandardCharsets.UTF_8).strip();
        this.logo = dataUri(svg, "#0F172A", "#0F6CBD", "#7FB8EA");
        this.darkLogo = dataUri(svg, "#F8FAFC", "#479EF5", "#B4D6FA");
    }

    String logo() {
        return logo;
    }

    String darkLogo() {
        return darkLogo;
    }

    String name(String language) {
        return text(language, "name");
    }

    String description(String language) {
        return text(language, "description");
    }

    private String text(String language, String what) {
        Properties english = TEXTS.getOrDefault("en", new Properties());
        String key = provider + "." + what;
        return TEXTS.getOrDefault(language, english).getProperty(key, english.getProperty(key, provider));
    }

    private static String dataUri(String svg, String ink, String blue, String soft) {
        String coloured = svg.replace("{ink}", ink).replace("{blue}", blue).replace("{soft}", soft);
        return "data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(coloured.getBytes(StandardCharsets.UTF_8));
    }

    private static Properties texts(String language) {
        Properties properties = new Properties();
        byte[] file = read("/i18n/sso." + language + ".properties");
        try (var reader = new InputStreamReader(new ByteArrayInputStream(file), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static byte[] read(String resource) {
        try (InputStream in = ProviderFace.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Missing in the jar: " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
