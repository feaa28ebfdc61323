package dev.ostiary.connectors;

import dev.ostiary.crypto.Secret;
import dev.ostiary.net.Line.Encryption;
import java.util.List;
import java.util.Optional;

/**
 * How to reach a mail server, and as whom.
 *
 * @param replyTo where answers go, if not to the sender
 * @param templates at most one of a kind
 */
public record SmtpConfig(
        String host,
        int port,
        Encryption encryption,
        Optional<Login> login,
        Mailbox from,
        Optional<Mailbox> replyTo,
        List<MailTemplate> templates) {

    public record Login(String user, Secret password) {}

    public Optional<MailTemplate> template(String usageType) {
        return templates.stream()
                .filter(template -> template.usageType().equals(usageType))
                .findFirst();
    }
}
