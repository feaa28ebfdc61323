package dev.ostiary.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.base.Ids;
import dev.ostiary.connectors.SmtpStandIn.Manner;
import dev.ostiary.crypto.Secret;
import dev.ostiary.errors.AppException;
import dev.ostiary.json.Json;
import dev.ostiary.net.Line.Encryption;
import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundRules;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MailerTest {
    @TempDir
    static Path folder;

    private static String send(SmtpStandIn server, String host, Encryption encryption, boolean trusted) {
        OutboundRules rules = OutboundRules.strict().allowing(List.of("127.0.0.1"));
        if (trusted) {
            rules = rules.trusting(List.of(server.certificate()));
        }
        SmtpConfig config = new SmtpConfig(
                host,
                server.port(),
                encryption,
                Optional.of(new SmtpConfig.Login("mailer", new Secret("s3cret"))),
                Mailbox.parse("Example <noreply@bücher.example>").orElseThrow(),
                Optional.empty(),
                List.of());
        Email email = new Email("ada@example.com", "Betreff: grüße", "Text", Optional.of("<p>HTML</p>"));
        try (Outbound outbound = new Outbound(rules, name -> List.of(InetAddress.getByName("127.0.0.1")))) {
            new Mailer(outbound, Ids.secure(), Clock.systemUTC(), Duration.ofSeconds(3)).deliver(config, email);
            return "delivered";
        } catch (AppException e) {
            assertThat(e.details()).doesNotContain("s3cret");
            return Json.tree(e.data()).path("fault").asString();
        }
    }

    @Test
    void a_message_travels_encrypted_from_the_first_byte() throws Exception {
        try (SmtpStandIn server = new SmtpStandIn(folder, Manner.TLS)) {
            assertThat(send(server, "mail.example", Encryption.AT_ONCE, true)).isEqualTo("delivered");
            assertThat(server.heardInClear).isEmpty();
            assertThat(server.heardInSecret)
                    .contains("EHLO xn--bcher-kva.example", "RCPT TO:<ada@example.com>")
                    .anyMatch(line -> line.startsWith("MAIL FROM:<noreply@xn--bcher-kva.example>"))
                    .anyMatch(line -> line.startsWith("Subject: =?UTF-8?"));
        }
    }

    @Test
    void nothing_secret_is_said_before_a_negotiated_encryption() throws Exception {
        try (SmtpStandIn server = new SmtpStandIn(folder, Manner.STARTTLS)) {
            assertThat(send(server, "mail.example", Encryption.NEGOTIATED, true))
                    .isEqualTo("delivered");
            assertThat(server.heardInClear).containsExactly("EHLO xn--bcher-kva.example", "STARTTLS");
            assertThat(server.heardInSecret).anyMatch(line -> line.startsWith("AUTH "));
        }
    }

    @Test
    void a_certificate_that_is_not_trusted_or_of_another_host_ends_it_RP3() throws Exception {
        try (SmtpStandIn negotiated = new SmtpStandIn(folder, Manner.STARTTLS);
                SmtpStandIn atOnce = new SmtpStandIn(folder, Manner.TLS)) {
            assertThat(send(negotiated, "mail.example", Encryption.NEGOTIATED, false))
                    .isEqualTo("tls");
            assertThat(send(negotiated, "other.example", Encryption.NEGOTIATED, true))
                    .isEqualTo("tls");
            assertThat(send(atOnce, "mail.example", Encryption.AT_ONCE, false)).isEqualTo("tls");
            assertThat(send(atOnce, "other.example", Encryption.AT_ONCE, true)).isEqualTo("tls");
            assertThat(negotiated.heardInSecret).isEmpty();
            assertThat(atOnce.heardInSecret).isEmpty();
        }
    }

    @Test
    void who_takes_starttls_out_of_the_greeting_learns_nothing() throws Exception {
        try (SmtpStandIn server = new SmtpStandIn(folder, Manner.CLEAR)) {
            assertThat(send(server, "mail.example", Encryption.NEGOTIATED, true))
                    .isEqualTo("starttls_missing");
            assertThat(server.heardInClear).noneMatch(line -> line.startsWith("AUTH"));
        }
    }

    @Test
    void a_server_that_says_nothing_is_left_in_time() throws Exception {
        try (SmtpStandIn server = new SmtpStandIn(folder, Manner.SILENT)) {
            assertThat(send(server, "mail.example", Encryption.NEGOTIATED, true))
                    .isEqualTo("timeout");
            assertThat(send(server, "mail.example", Encryption.AT_ONCE, true)).isEqualTo("timeout");
        }
    }

    @Test
    void a_refused_recipient_is_told_as_such() throws Exception {
        try (SmtpStandIn server = new SmtpStandIn(folder, Manner.REFUSING)) {
            assertThat(send(server, "mail.example", Encryption.NONE, true)).isEqualTo("recipient_rejected");
        }
    }
}
