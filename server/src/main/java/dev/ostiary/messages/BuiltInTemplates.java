package dev.ostiary.messages;

import dev.ostiary.errors.Texts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Our own words, in the languages we write: used wherever a tenant has none of its own. */
final class BuiltInTemplates {
    private static final String FONTS = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,"
            + "'Hiragino Sans','Yu Gothic UI','PingFang SC','Microsoft YaHei',sans-serif";

    private static final Map<String, Map<TemplateType, Template>> ALL = new HashMap<>();

    static {
        for (String language : Texts.LANGUAGES) {
            Words words = new Words(language, properties(language));
            Map<TemplateType, Template> templates = new EnumMap<>(TemplateType.class);
            for (TemplateType type : TemplateType.values()) {
                templates.put(type, template(type, words));
            }
            ALL.put(language, templates);
        }
    }

    private record Words(String language, Properties texts) {
        String of(String key) {
            return Objects.requireNonNull(texts.getProperty(key), () -> key + " in " + language);
        }

        String of(TemplateType type, String what) {
            return of(type.word() + "." + what);
        }
    }

    private BuiltInTemplates() {}

    /** @param language one of {@link Texts#LANGUAGES} */
    static Template of(TemplateType type, String language) {
        return Objects.requireNonNull(ALL.getOrDefault(language, Objects.requireNonNull(ALL.get("en")))
                .get(type));
    }

    private static Template template(TemplateType type, Words words) {
        boolean links = type == TemplateType.ORGANIZATION_INVITATION;
        String subject = words.of(type, "subject");
        String body = words.of(type, "body");
        String note = links ? words.of(type, "note") : words.of("note");
        String text = body + "\n\n" + (links ? "{{link}}" : "{{code}}") + "\n\n" + note + "\n";
        String action = links
                ? file("link.html")
                        .replace("{button}", words.of(type, "button"))
                        .replace("{fallback}", words.of("fallback"))
                : file("code.html");
        String html = file("layout.html")
                .replace("{language}", words.language())
                .replace("{fonts}", FONTS)
                .replace("{subject}", subject)
                .replace("{{sender}}", links ? "{{organization.name}}" : "{{application.name}}")
                .replace("{heading}", words.of(type, "heading"))
                .replace("{body}", body)
                .replace("{action}", action)
                .replace("{note}", note);
        return new Template(subject, text, Optional.of(html));
    }

    private static Properties properties(String language) {
        Properties properties = new Properties();
        byte[] bytes = read("/i18n/messages." + language + ".properties");
        try (var reader = new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static String file(String name) {
        return new String(read("/messages/" + name), StandardCharsets.UTF_8).strip();
    }

    private static byte[] read(String resource) {
        try (InputStream in = BuiltInTemplates.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Missing in the jar: " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
