package dev.ostiary.connectors;

import dev.ostiary.crypto.Secret;
import dev.ostiary.errors.AppException;
import dev.ostiary.json.InvalidValue;
import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import dev.ostiary.net.Line.Encryption;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code config} of an SMTP connector: on the wire and, without the password, in the database. */
final class SmtpConfigJson {
    private static final int SMTPS = 465;
    private static final int LONGEST = 320;

    private SmtpConfigJson() {}

    /**
     * @param secure encrypted from the first byte; by default on port 465. Otherwise STARTTLS is required
     * @param ignoreTLS never encrypted: refused but for hosts that the operator vouches for
     */
    record Document(
            @Size(min = 1, max = 253) String host,
            @Min(1) @Max(65_535) int port,
            Optional<Auth> auth,
            @Size(min = 3, max = LONGEST) String fromEmail,
            Optional<@Size(max = LONGEST) String> replyTo,
            Optional<Boolean> secure,
            Optional<Boolean> ignoreTLS,
            Optional<@Size(max = 100) List<MailTemplate>> templates) {
        Document {
            mailbox(fromEmail, "fromEmail");
            replyTo.filter(text -> !text.isBlank()).ifPresent(text -> mailbox(text, "replyTo"));
            Set<String> seen = new HashSet<>();
            for (MailTemplate template : templates.orElse(List.of())) {
                if (!seen.add(template.usageType())) {
                    throw new InvalidValue("Two templates of one usageType", "templates");
                }
            }
        }

        SmtpConfig config() {
            Encryption encryption = secure.orElse(port == SMTPS)
                    ? Encryption.AT_ONCE
                    : ignoreTLS.orElse(false) ? Encryption.NONE : Encryption.NEGOTIATED;
            return new SmtpConfig(
                    host,
                    port,
                    encryption,
                    auth.map(Auth::login),
                    mailbox(fromEmail, "fromEmail"),
                    replyTo.filter(text -> !text.isBlank()).map(text -> mailbox(text, "replyTo")),
                    templates.orElse(List.of()));
        }
    }

    /** @param type only a user with a password, which is called {@code login} */
    record Auth(
            Optional<String> type, @Size(min = 1, max = LONGEST) String user, @Size(min = 1, max = 4096) String pass) {
        Auth {
            if (!type.orElse("login").equalsIgnoreCase("login")) {
                throw new InvalidValue("Only \"login\", with user and pass", "type");
            }
        }

        SmtpConfig.Login login() {
            return new SmtpConfig.Login(user, new Secret(pass));
        }
    }

    private static Mailbox mailbox(String text, String key) {
        return Mailbox.parse(text)
                .orElseThrow(() -> new InvalidValue("Must be an e-mail address, or Name <address>", key));
    }

    /** @throws AppException 400 {@code connector.invalid_config}: something is missing or wrong */
    static SmtpConfig read(ObjectNode document) {
        try {
            return Shape.of(Document.class).read(document).config();
        } catch (AppException refusal) {
            throw new AppException(ConnectorError.INVALID_CONFIG, refusal.data(), refusal.details());
        }
    }

    static ObjectNode write(SmtpConfig config, boolean withSecret) {
        ObjectNode document = Json.object().put("host", config.host()).put("port", config.port());
        config.login().ifPresent(login -> {
            ObjectNode auth = document.putObject("auth").put("type", "login").put("user", login.user());
            if (withSecret) {
                auth.put("pass", login.password().reveal());
            }
        });
        document.put("fromEmail", config.from().toString());
        config.replyTo().ifPresent(mailbox -> document.put("replyTo", mailbox.toString()));
        document.put("secure", config.encryption() == Encryption.AT_ONCE);
        if (config.encryption() == Encryption.NONE) {
            document.put("ignoreTLS", true);
        }
        ArrayNode templates = document.putArray("templates");
        config.templates().forEach(template -> templates.add(Json.tree(template)));
        return document;
    }

    /** Puts the password into a document that was written without it. */
    static void reveal(ObjectNode document, String password) {
        if (document.get("auth") instanceof ObjectNode auth) {
            auth.put("pass", password);
        }
    }
}
