package dev.ostiary.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Invitations over the Management API. */
class InvitationTest {
    private static final String PATH = "/organization-invitations";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static TestServer server;
    private static Organizing organizing;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        organizing = new Organizing(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void time_as_it_was() {
        server.clock().reset();
    }

    private static String address() {
        return "guest" + COUNT.incrementAndGet() + "@invited.test";
    }

    private static Map<String, Object> draft(String organization, String invitee) {
        return new LinkedHashMap<>(Map.of(
                "organizationId",
                organization,
                "invitee",
                invitee,
                "expiresAt",
                server.clock().millis() + 60_000,
                "messagePayload",
                false));
    }

    private static JsonNode invite(String organization, String invitee) {
        return server.api().created(PATH, draft(organization, invitee));
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.status()).isEqualTo(status);
    }

    private static Answer accept(JsonNode invitation, String user) {
        return server.api()
                .put(
                        PATH + "/" + invitation.path("id").asString() + "/status",
                        Map.of("status", "Accepted", "acceptedUserId", user));
    }

    private static Answer revoke(JsonNode invitation) {
        return server.api().put(PATH + "/" + invitation.path("id").asString() + "/status", Map.of("status", "Revoked"));
    }

    private static String statusOf(JsonNode invitation) {
        return server.api()
                .get(PATH + "/" + invitation.path("id").asString())
                .json()
                .path("status")
                .asString();
    }

    @Test
    void an_invitation_is_made_read_listed_and_deleted() {
        String acme = organizing.organization("Acme");
        String role = organizing.role("editor");
        String inviter = organizing.user("inviter@acme.test");
        Map<String, Object> draft = draft(acme, "Ann@Guests.test");
        draft.put("organizationRoleIds", List.of(role, role));
        draft.put("inviterId", inviter);
        JsonNode made = server.api().created(PATH, draft);
        assertThat(made.path("status").asString()).isEqualTo("Pending");
        assertThat(made.path("id").asString()).matches("[0-9a-z]{21}");
        assertThat(made.at("/organizationRoles/0/id").asString()).isEqualTo(role);
        assertThat(made.path("organizationRoles").size()).isEqualTo(1);
        assertThat(made.toString()).doesNotContain("token", "hash");

        String id = made.path("id").asString();
        assertThat(server.api().get(PATH + "/" + id).json()).isEqualTo(made);
        assertThat(server.api().get(PATH + "?organizationId=" + acme).json().get(0))
                .isEqualTo(made);
        assertThat(server.api().get(PATH + "?invitee=ann@guests.TEST").json()).hasSize(1);
        assertThat(server.api().get(PATH + "?inviterId=" + inviter).json()).hasSize(1);
        assertThat(server.api().get(PATH + "?inviterId=nobody").json()).isEmpty();
        assertThat(server.api().get(PATH + "?invitee=%00").json()).isEmpty();
        Answer page = server.api().get(PATH + "?organizationId=" + acme + "&page=1&page_size=1");
        assertThat(page.header("Total-Number")).contains("1");

        assertThat(server.api().delete(PATH + "/" + id).status()).isEqualTo(204);
        refused(server.api().get(PATH + "/" + id), 404, "entity.not_exists_with_id");
        refused(server.api().delete(PATH + "/" + id), 404, "entity.not_found");
    }

    private static List<String> invitees(String query) {
        List<String> found = new ArrayList<>();
        server.api()
                .get(PATH + query)
                .json()
                .forEach(each -> found.add(each.path("invitee").asString()));
        return found;
    }

    @Test
    void a_page_of_a_long_list_is_searched_by_a_part_of_the_address() {
        String acme = organizing.organization("Searched");
        for (String invitee : List.of("Ann@guests.test", "ben@guests.test", "b_n@other.test", "cleo@other.test")) {
            invite(acme, invitee);
        }
        invite(organizing.organization("Another"), "dan@guests.test");
        String here = "?organizationId=" + acme;
        assertThat(invitees(here + "&q=GUESTS")).containsExactlyInAnyOrder("Ann@guests.test", "ben@guests.test");
        assertThat(invitees(here + "&q=b_n")).containsExactly("b_n@other.test");
        assertThat(invitees(here + "&q=%25")).isEmpty();
        Answer page = server.api().get(PATH + here + "&q=e&page=2&page_size=3");
        assertThat(page.header("Total-Number")).contains("4");
        assertThat(page.json()).hasSize(1);
        refused(server.api().get(PATH + "?q=%00"), 400, "request.invalid_input");
    }

    @Test
    void the_list_is_filtered_by_what_has_become_of_each_by_now() {
        String acme = organizing.organization("Filtered");
        Map<String, Object> soon = draft(acme, "soon@guests.test");
        server.api().created(PATH, soon);
        Map<String, Object> later = draft(acme, "later@guests.test");
        later.put("expiresAt", server.clock().millis() + 600_000);
        server.api().created(PATH, later);
        assertThat(revoke(invite(acme, "revoked@guests.test")).status()).isEqualTo(200);
        accept(invite(acme, "in@guests.test"), organizing.user("in@guests.test"));
        String with = "?organizationId=" + acme + "&status=";
        assertThat(invitees(with + "Pending")).containsExactlyInAnyOrder("soon@guests.test", "later@guests.test");
        assertThat(invitees(with + "Expired")).isEmpty();
        server.clock().forward(Duration.ofMillis(60_001));
        assertThat(invitees(with + "Pending")).containsExactly("later@guests.test");
        assertThat(invitees(with + "Expired")).containsExactly("soon@guests.test");
        assertThat(invitees(with + "Revoked")).containsExactly("revoked@guests.test");
        assertThat(invitees(with + "Accepted")).containsExactly("in@guests.test");
        assertThat(server.api().get(PATH + with + "Expired&page=1&page_size=1").header("Total-Number"))
                .contains("1");
        refused(server.api().get(PATH + with + "pending"), 400, "guard.invalid_input");
    }

    @Test
    void what_cannot_be_invited_is_refused_by_the_wires_codes() {
        String acme = organizing.organization("Refusing");
        Map<String, Object> past = draft(acme, address());
        past.put("expiresAt", server.clock().millis());
        refused(server.api().post(PATH, past), 400, "request.invalid_input");
        refused(server.api().post(PATH, draft("nobody", address())), 422, "entity.relation_foreign_key_not_found");
        Map<String, Object> role = draft(acme, address());
        role.put("organizationRoleIds", List.of("nobody"));
        refused(server.api().post(PATH, role), 422, "entity.relation_foreign_key_not_found");
        role.put("organizationRoleIds", List.of(organizing.machineRole("robot")));
        refused(server.api().post(PATH, role), 422, "entity.db_constraint_violated");
        Map<String, Object> inviter = draft(acme, address());
        inviter.put("inviterId", "nobody");
        refused(server.api().post(PATH, inviter), 422, "entity.relation_foreign_key_not_found");
        Map<String, Object> mail = draft(acme, address());
        mail.put("messagePayload", Map.of("link", "https://app.test"));
        refused(server.api().post(PATH, mail), 501, "connector.not_found");
        mail.put("messagePayload", true);
        refused(server.api().post(PATH, mail), 400, "guard.invalid_input");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid",
                "two@at@signs.test",
                "a b@c.test",
                "a,b@c.test",
                "x@y",
                "nul\0@c.test",
                "line\r\nBcc:@c.test",
                "\"x@evil.test\"@c.test",
                "a@b.test\u200b"
            })
    void what_is_no_plain_address_is_no_invitee(String invitee) {
        refused(server.api().post(PATH, draft(organizing.organization("Odd"), invitee)), 400, "guard.invalid_input");
    }

    @Test
    void one_invitation_of_an_address_waits_at_a_time() {
        String acme = organizing.organization("Once");
        String invitee = address();
        JsonNode first = invite(acme, invitee);
        refused(
                server.api().post(PATH, draft(acme, invitee.toUpperCase(java.util.Locale.ROOT))),
                422,
                "entity.unique_integrity_violation");
        invite(organizing.organization("Another"), invitee);
        assertThat(revoke(first).json().path("status").asString()).isEqualTo("Revoked");
        JsonNode second = invite(acme, invitee);
        server.clock().forward(Duration.ofMinutes(2));
        invite(acme, invitee);
        assertThat(statusOf(second)).isEqualTo("Expired");
    }

    @Test
    void a_member_is_not_invited_again() {
        String acme = organizing.organization("Members");
        String invitee = address();
        accept(invite(acme, invitee), organizing.user(invitee));
        Answer again = server.api().post(PATH, draft(acme, invitee));
        refused(again, 422, "request.invalid_input");
        assertThat(again.text()).contains("member of the organization already");
    }

    @Test
    void accepting_needs_the_account_of_the_address_and_gives_the_roles() {
        String acme = organizing.organization("Accepting");
        String kept = organizing.role("kept");
        String deleted = organizing.role("deleted");
        String invitee = address();
        String user = organizing.user(invitee.toUpperCase(java.util.Locale.ROOT));
        Map<String, Object> draft = draft(acme, invitee);
        draft.put("organizationRoleIds", List.of(kept, deleted));
        JsonNode invitation = server.api().created(PATH, draft);
        String status = PATH + "/" + invitation.path("id").asString() + "/status";

        refused(server.api().put(status, Map.of("status", "Accepted")), 422, "request.invalid_input");
        refused(accept(invitation, "nobody"), 404, "entity.not_exists_with_id");
        refused(accept(invitation, organizing.user(address())), 422, "request.invalid_input");
        refused(server.api().put(status, Map.of("status", "Expired")), 400, "guard.invalid_input");
        organizing.run("DELETE FROM organization_roles WHERE id = '" + deleted + "'");

        Answer accepted = accept(invitation, user);
        assertThat(accepted.json().path("status").asString()).isEqualTo("Accepted");
        assertThat(accepted.json().path("acceptedUserId").asString()).isEqualTo(user);
        assertThat(organizing.rolesOf(acme, user)).containsExactly(kept);
        refused(accept(invitation, user), 422, "request.invalid_input");
        refused(revoke(invitation), 422, "request.invalid_input");
    }

    @Test
    void at_its_last_millisecond_it_is_good_and_at_the_next_it_is_not_OR1() {
        String acme = organizing.organization("Timely");
        String invitee = address();
        String user = organizing.user(invitee);
        JsonNode invitation = invite(acme, invitee);
        String id = invitation.path("id").asString();
        Instant last = Instant.ofEpochMilli(invitation.path("expiresAt").asLong());
        Instant late = last.plusMillis(1);
        assertThat(organizing
                        .write(tx -> InvitationStore.find(tx, id, last))
                        .orElseThrow()
                        .status())
                .isEqualTo(InvitationStatus.PENDING);
        assertThat(organizing
                        .write(tx -> InvitationStore.find(tx, id, late))
                        .orElseThrow()
                        .status())
                .isEqualTo(InvitationStatus.EXPIRED);
        boolean isLateAccepted = organizing
                .write(tx -> InvitationStore.accept(tx, id, user, null, late))
                .isPresent();
        boolean isLateRevoked = organizing.write(tx -> InvitationStore.revoke(tx, id, late));
        boolean isAccepted = organizing
                .write(tx -> InvitationStore.accept(tx, id, user, null, last))
                .isPresent();
        assertThat(isLateAccepted).isFalse();
        assertThat(isLateRevoked).isFalse();
        assertThat(isAccepted).isTrue();
    }

    @Test
    void an_expired_one_is_refused_over_the_wire() {
        String invitee = address();
        String user = organizing.user(invitee);
        JsonNode invitation = invite(organizing.organization("Late"), invitee);
        server.clock().forward(Duration.ofMinutes(2));
        assertThat(statusOf(invitation)).isEqualTo("Expired");
        refused(accept(invitation, user), 422, "request.invalid_input");
        refused(revoke(invitation), 422, "request.invalid_input");
    }

    @Test
    void after_it_was_revoked_or_its_organization_deleted_it_is_worth_nothing_OR1() {
        String acme = organizing.organization("Gone soon");
        String invitee = address();
        String user = organizing.user(invitee);
        JsonNode revoked = invite(acme, invitee);
        revoke(revoked);
        refused(accept(revoked, user), 422, "request.invalid_input");
        JsonNode orphan = invite(acme, invitee);
        organizing.run("DELETE FROM organizations WHERE id = '" + acme + "'");
        refused(accept(orphan, user), 404, "entity.not_exists_with_id");
    }

    @Test
    void a_suspended_user_does_not_join() {
        String invitee = address();
        String user = organizing.user(invitee);
        JsonNode invitation = invite(organizing.organization("Strict"), invitee);
        server.api().patch("/users/" + user + "/is-suspended", Map.of("isSuspended", true));
        refused(accept(invitation, user), 422, "request.invalid_input");
    }

    @Test
    void of_many_who_accept_at_once_one_does_OR1() throws Exception {
        String acme = organizing.organization("Contested");
        String invitee = address();
        String user = organizing.user(invitee);
        JsonNode invitation = invite(acme, invitee);
        List<Callable<Answer>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attempts.add(() -> accept(invitation, user));
        }
        int successes = 0;
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> attempt : pool.invokeAll(attempts)) {
                successes += attempt.get().status() == 200 ? 1 : 0;
            }
        }
        assertThat(successes).isEqualTo(1);
        assertThat(organizing.count("organization_users WHERE organization_id = '" + acme + "'"))
                .isEqualTo(1);
    }

    @Test
    void a_link_is_shown_once_and_the_newest_counts() {
        JsonNode invitation = invite(organizing.organization("Linked"), address());
        String id = invitation.path("id").asString();
        Answer first = server.api().post(PATH + "/" + id + "/link", Map.of());
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Cache-Control")).contains("no-store");
        String link = first.json().path("link").asString();
        assertThat(link).startsWith(server.origin() + "/invitation/" + id + "?token=");
        String second = server.api()
                .post(PATH + "/" + id + "/link", Map.of())
                .json()
                .path("link")
                .asString();
        assertThat(server.browser().get(link).status()).isEqualTo(404);
        assertThat(server.browser().get(second).status()).isEqualTo(200);
        String token = second.substring(second.indexOf('=') + 1);
        assertThat(organizing.count("organization_invitations i WHERE i::text LIKE '%" + token + "%'"))
                .isZero();
        assertThat(organizing.count("logs l WHERE l::text LIKE '%" + token + "%'"))
                .isZero();
        revoke(invitation);
        refused(server.api().post(PATH + "/" + id + "/link", Map.of()), 422, "request.invalid_input");
        refused(server.api().post(PATH + "/nobody/link", Map.of()), 404, "entity.not_exists_with_id");
    }

    @Test
    void acts_and_their_subjects_are_in_the_log() {
        String acme = organizing.organization("Audited");
        String invitee = address();
        JsonNode invitation = invite(acme, invitee);
        accept(invitation, organizing.user(invitee));
        for (String key : List.of("Organization.Invitation.Create", "Organization.Invitation.Accept")) {
            assertThat(organizing.count("logs WHERE key = '" + key + "' AND payload::text LIKE '%" + acme + "%'"))
                    .isEqualTo(1);
        }
        assertThat(organizing.count(
                        "logs WHERE key = 'Organization.Membership.Updated' AND payload::text LIKE '%" + acme + "%'"))
                .isEqualTo(1);
    }

    @Test
    void who_may_not_manage_gets_nothing_OR2() {
        JsonNode invitation = invite(organizing.organization("Closed"), address());
        String id = invitation.path("id").asString();
        for (String token : List.of(
                "",
                "Bearer " + server.managementToken("default", Map.of("scope", "")),
                "Bearer " + server.managementToken("default", Map.of("aud", "urn:logto:organization:" + id)),
                "Bearer " + server.managementToken("admin"))) {
            for (String[] call : new String[][] {
                {"GET", ""},
                {"POST", ""},
                {"GET", "/" + id},
                {"DELETE", "/" + id},
                {"PUT", "/" + id + "/status"},
                {"POST", "/" + id + "/message"},
                {"POST", "/" + id + "/link"}
            }) {
                Answer answer = server.browser()
                        .json(call[0], "/api" + PATH + call[1], null, "Authorization", token.isEmpty() ? "x" : token);
                assertThat(answer.status()).as(call[0] + call[1]).isBetween(401, 403);
            }
        }
        assertThat(statusOf(invitation)).isEqualTo("Pending");
    }
}
