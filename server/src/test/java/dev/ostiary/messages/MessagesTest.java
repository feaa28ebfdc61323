package dev.ostiary.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMailUtil;
import dev.ostiary.errors.AppException;
import dev.ostiary.json.Json;
import dev.ostiary.tenants.Tenants;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class MessagesTest {
    private static MailHouse house;
    private static Messages messages;

    @BeforeAll
    static void start() {
        house = new MailHouse();
        messages = house.server.app().messages();
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    private static void send(String to, TemplateType type, ObjectNode context) {
        messages.sendEmail(Tenants.DEFAULT, to, type, context);
    }

    private static ObjectNode code() {
        return Json.object().put("code", "482913");
    }

    private static String faultOf(String to, ObjectNode config) {
        house.connect(config);
        try {
            send(to, TemplateType.SIGN_IN, code());
            return "none";
        } catch (AppException e) {
            return e.status() + " " + e.code() + " "
                    + Json.tree(e.data()).path("fault").asString();
        }
    }

    @Test
    void without_a_connector_nothing_is_sent() {
        assertThat(messages.canSendEmail(Tenants.ADMIN)).isFalse();
        assertThatThrownBy(() -> messages.sendEmail(Tenants.ADMIN, "a@example.com", TemplateType.SIGN_IN, code()))
                .isInstanceOfSatisfying(AppException.class, e -> {
                    assertThat(e.code()).isEqualTo("connector.not_found");
                    assertThat(e.status()).isEqualTo(501);
                });
    }

    @Test
    void a_message_has_our_words_in_the_readers_language_as_text_and_html() throws Exception {
        house.connect(house.config().put("replyTo", "help@example.com"));
        assertThat(messages.canSendEmail(Tenants.DEFAULT)).isTrue();
        send("ja@example.com", TemplateType.SIGN_IN, code().put("locale", "ja-JP"));
        MimeMessage message = house.received("ja@example.com").getFirst();
        assertThat(message.getSubject()).isEqualTo("サインイン用の確認コード");
        assertThat(message.getFrom()[0].toString()).isEqualTo("Example <noreply@example.com>");
        assertThat(message.getReplyTo()[0].toString()).isEqualTo("help@example.com");
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getMessageID()).endsWith("@example.com>");
        assertThat(MailHouse.part(message, 0)).contains("482913").doesNotContain("{{");
        assertThat(MailHouse.part(message, 1))
                .contains("482913", "lang=\"ja\"", "サインインするには")
                .doesNotContain("{{", "{body}", "{action}", "{fonts}");
    }

    @ParameterizedTest
    @EnumSource(TemplateType.class)
    void every_kind_is_complete_in_every_language(TemplateType type) {
        for (String language : List.of("en", "ja", "zh-CN")) {
            ObjectNode context = code().put("link", "https://example.com/invitation/x");
            context.putObject("organization").put("name", "Acme");
            var email = BuiltInTemplates.of(type, language).fill("a@example.com", context);
            assertThat(email.subject()).isNotBlank().doesNotContain("{");
            String shown = type == TemplateType.ORGANIZATION_INVITATION ? "https://example.com/invitation/x" : "482913";
            assertThat(email.text()).contains(shown).doesNotContain("{");
            assertThat(email.html().orElseThrow()).contains(shown).doesNotContain("{{", "{b", "{n", "{h");
        }
    }

    @Test
    void own_words_are_used_and_values_can_neither_be_markup_nor_headers() throws Exception {
        ObjectNode config = house.config();
        config.putArray("templates")
                .addObject()
                .put("usageType", "OrganizationInvitation")
                .put("contentType", "text/html")
                .put("subject", "{{inviter.name}} invites you to {{ organization.name }}")
                .put(
                        "content",
                        "<p>Hello {{user.name}}, <a href=\"{{link}}\">{{organization.name}}</a> {{{code}}}</p>");
        house.connect(config);
        ObjectNode context = Json.object().put("link", "javascript:alert(1)").put("code", "<b>1</b>");
        context.putObject("inviter").put("name", "Eve\r\nBcc: victim@example.com\r\n\r\nbody");
        context.putObject("organization").put("name", "<script>alert(1)</script>");
        send("inject@example.com", TemplateType.ORGANIZATION_INVITATION, context);
        MimeMessage message = house.received("inject@example.com").getFirst();
        assertThat(message.getSubject())
                .isEqualTo("Eve Bcc: victim@example.com body invites you to <script>alert(1)</script>");
        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getAllRecipients()).hasSize(1);
        assertThat(MailHouse.part(message, 1))
                .contains("<p>Hello , <a href=\"\">&lt;script&gt;alert(1)&lt;/script&gt;</a> &lt;b&gt;1&lt;/b&gt;</p>");
        assertThat(MailHouse.part(message, 0)).contains("Hello ,");
    }

    @Test
    void a_plain_template_stays_plain() throws Exception {
        ObjectNode config = house.config();
        config.putArray("templates")
                .addObject()
                .put("usageType", "SignIn")
                .put("contentType", "text/plain")
                .put("subject", "Code")
                .put("content", "Your code: {{code}} & <more>");
        house.connect(config);
        send("plain@example.com", TemplateType.SIGN_IN, code());
        MimeMessage message = house.received("plain@example.com").getFirst();
        assertThat(message.getContentType()).startsWith("text/plain");
        assertThat(GreenMailUtil.getBody(message)).contains("Your code: 482913 & <more>");
    }

    @Test
    void ten_of_a_kind_go_to_one_person_in_ten_minutes_PR6() {
        house.connect(house.config());
        for (int i = 0; i < 10; i++) {
            send("Flood@example.com", TemplateType.SIGN_IN, code());
        }
        assertThatThrownBy(() -> send("flood@example.com", TemplateType.SIGN_IN, code()))
                .isInstanceOfSatisfying(AppException.class, e -> {
                    assertThat(e.code()).isEqualTo("request.message_rate_limited");
                    assertThat(e.status()).isEqualTo(429);
                });
        send("flood@example.com", TemplateType.REGISTER, code());
        send("other@example.com", TemplateType.SIGN_IN, code());
        assertThat(house.api.get("/logs?logKey=Message.RateLimited").text()).contains("flood@example.com");
        house.server.clock().forward(Duration.ofSeconds(601));
        send("flood@example.com", TemplateType.SIGN_IN, code());
    }

    @Test
    void many_at_once_are_counted_one_by_one_PR6() throws Exception {
        house.connect(house.config());
        Callable<Boolean> one = () -> {
            try {
                send("race@example.com", TemplateType.BIND_MFA, code());
                return true;
            } catch (AppException e) {
                return false;
            }
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = threads.invokeAll(java.util.Collections.nCopies(25, one));
            int sent = 0;
            for (Future<Boolean> each : all) {
                sent += each.get() ? 1 : 0;
            }
            assertThat(sent).isEqualTo(10);
        }
    }

    @Test
    void what_did_not_leave_does_not_count_and_is_in_the_log() {
        ObjectNode wrong = house.config();
        ((ObjectNode) wrong.get("auth")).put("pass", "wrong");
        for (int i = 0; i < 11; i++) {
            assertThat(faultOf("retry@example.com", wrong)).isEqualTo("400 connector.general login_rejected");
        }
        assertThat(faultOf("retry@example.com", house.config())).isEqualTo("none");
        assertThat(house.api.get("/logs?logKey=Message.Send").text())
                .contains("retry@example.com", "login_rejected")
                .doesNotContain("482913", "s3cret");
    }

    @Test
    void each_fault_has_its_name() {
        ObjectNode config = house.config();
        assertThat(faultOf("a@example.com", config.deepCopy().put("ignoreTLS", false)))
                .endsWith("starttls_missing");
        assertThat(faultOf("a@example.com", config.deepCopy().put("secure", true)))
                .endsWith("tls");
        assertThat(faultOf("a@example.com", config.deepCopy().put("host", "10.11.12.13")))
                .endsWith("private_address");
        assertThat(faultOf("a@example.com", config.deepCopy().put("host", "169.254.169.254")))
                .endsWith("private_address");
        assertThat(faultOf("a@example.com", config.deepCopy().put("host", "0x7f.1")))
                .endsWith("host_not_found");
        assertThat(faultOf("a@example.com", config.deepCopy().put("host", "93.184.216.34")))
                .endsWith("not_encrypted");
        assertThat(faultOf("a@example.com", config.deepCopy().put("port", dev.ostiary.testing.TestServer.freePort())))
                .endsWith("refused");
    }

    @Test
    void a_server_that_never_ends_its_line_is_left_SS3() throws Exception {
        try (var endless = new java.net.ServerSocket(0)) {
            Thread.startVirtualThread(() -> {
                try (var socket = endless.accept();
                        var out = socket.getOutputStream()) {
                    byte[] much = "2".repeat(65_536).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                    while (true) {
                        out.write(much);
                    }
                } catch (java.io.IOException gone) {
                    // as it should be
                }
            });
            assertThat(faultOf("a@example.com", house.config().put("port", endless.getLocalPort())))
                    .endsWith("broken");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a@b",
                "a@b@example.com",
                "a@example.com,b@example.com",
                "a@example.com b@example.com",
                "\"a b\"@example.com",
                "<a@example.com>",
                "Eve <a@example.com>",
                "a@example.com\r\nBcc: b@example.com",
                "a@example.com\u0000",
                "a@-example.com",
                "a@[127.0.0.1]",
                "a;b@example.com",
            })
    void what_is_not_one_address_gets_nothing_PR2(String to) {
        house.connect(house.config());
        assertThatThrownBy(() -> send(to, TemplateType.SIGN_IN, code()))
                .isInstanceOfSatisfying(
                        AppException.class, e -> assertThat(e.code()).isEqualTo("guard.invalid_input"));
    }
}
