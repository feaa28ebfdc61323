package dev.ostiary.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.organizations.Organizing;
import dev.ostiary.testing.TestBrowser.Answer;
import jakarta.mail.internet.MimeMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Invitations as they arrive in a mailbox. */
class InvitationMailTest {
    private static final String PATH = "/organization-invitations";
    private static final Pattern LINK = Pattern.compile("http://\\S+/invitation/\\S+\\?token=[\\w-]{43}");

    private static MailHouse house;
    private static String acme;

    @BeforeAll
    static void open() {
        house = new MailHouse();
        house.connect(house.config());
        acme = new Organizing(house.server).organization("Acme & Söhne");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static Map<String, Object> draft(String invitee, Object payload) {
        return new HashMap<>(Map.of(
                "organizationId",
                acme,
                "invitee",
                invitee,
                "expiresAt",
                house.server.clock().millis() + 60_000,
                "messagePayload",
                payload));
    }

    private static String text(MimeMessage message) throws Exception {
        return MailHouse.part(message, 0);
    }

    private static String link(String text) {
        Matcher found = LINK.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group();
    }

    @Test
    void the_message_leads_to_our_page_and_the_next_one_to_a_newer_link() throws Exception {
        String id = house.api
                .created(PATH, draft("ann@guests.test", Map.of("locale", "en")))
                .path("id")
                .asString();
        String first = link(text(house.received("ann@guests.test").getFirst()));
        assertThat(house.server.browser().get(first).text()).contains("Join Acme &amp; Söhne");
        Answer again = house.api.post(PATH + "/" + id + "/message", Map.of("locale", "en"));
        assertThat(again.status()).isEqualTo(204);
        String second = link(text(house.received("ann@guests.test").getLast()));
        assertThat(second).isNotEqualTo(first);
        assertThat(house.server.browser().get(first).status()).isEqualTo(404);
        assertThat(house.server.browser().get(second).status()).isEqualTo(200);
    }

    @Test
    void a_link_of_ones_own_is_sent_as_it_is() throws Exception {
        house.api.created(PATH, draft("bob@guests.test", Map.of("link", "https://app.test/join?i=1")));
        assertThat(text(house.received("bob@guests.test").getFirst())).contains("https://app.test/join?i=1");
    }

    @Test
    void what_was_not_sent_does_not_stand_in_the_way_of_the_next_attempt() {
        house.mail.stop();
        try {
            assertThat(house.api.post(PATH, draft("cleo@guests.test", Map.of())).status())
                    .isEqualTo(400);
        } finally {
            house.mail.start();
            house.mail.setUser("noreply@example.com", "mailer", "s3cret");
        }
        assertThat(house.api.get(PATH + "?invitee=cleo@guests.test").json()).isEmpty();
        house.api.created(PATH, draft("cleo@guests.test", Map.of()));
    }
}
