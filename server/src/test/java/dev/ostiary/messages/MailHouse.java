package dev.ostiary.messages;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.ostiary.json.Json;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A server and a mail server that it may write to in clear. */
final class MailHouse implements AutoCloseable {
    static final String URL = "/connectors";
    static final String FACTORY = "simple-mail-transfer-protocol";

    final GreenMail mail =
            new GreenMail(new ServerSetup(TestServer.freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    final TestServer server;
    final TestApi api;

    MailHouse() {
        mail.start();
        mail.setUser("noreply@example.com", "mailer", "s3cret");
        server = TestServer.start();
        api = server.api();
    }

    ObjectNode config() {
        ObjectNode config = Json.object()
                .put("host", "127.0.0.1")
                .put("port", mail.getSmtp().getPort())
                .put("fromEmail", "Example <noreply@example.com>")
                .put("ignoreTLS", true);
        config.putObject("auth").put("user", "mailer").put("pass", "s3cret");
        return config;
    }

    /** In place of the one there is. */
    String connect(ObjectNode config) {
        api.get(URL).json().forEach(row -> api.delete(URL + "/" + row.get("id").asString()));
        return api.created(URL, Map.of("connectorId", FACTORY, "config", config))
                .get("id")
                .asString();
    }

    List<MimeMessage> received(String to) {
        mail.waitForIncomingEmail(2_000, 1);
        return Arrays.stream(mail.getReceivedMessages())
                .filter(message -> {
                    try {
                        return message.getAllRecipients()[0].toString().equals(to);
                    } catch (MessagingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    /** Of a message that is text and HTML. */
    static String part(MimeMessage message, int index) throws Exception {
        return (String)
                ((MimeMultipart) message.getContent()).getBodyPart(index).getContent();
    }

    @Override
    public void close() {
        server.close();
        mail.stop();
    }
}
