package dev.ostiary.oidc.grants;

import static dev.ostiary.oidc.TestOidc.member;
import static dev.ostiary.oidc.TestOidc.ok;
import static dev.ostiary.oidc.grants.TestGrants.denied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.crypto.Jwt;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.oidc.TestOrganizations;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientCredentialsGrantTest {
    private final TestOidc oidc = TestOidc.shared();
    private final TestOrganizations organizations = new TestOrganizations(oidc);
    private final Client machine = oidc.machine();
    private final String indicator = "https://stock.example.com/" + machine.id();
    private final String resource = oidc.resource(indicator, "read", "write", "delete");

    @Test
    void an_application_gets_what_its_roles_give_of_what_it_asks_for() {
        oidc.permit(machine.id(), resource, "read", "write");
        Answer answer = ok(ask("resource", indicator, "scope", "write delete read write"));
        assertThat(answer.json().propertyNames()).containsExactly("access_token", "expires_in", "scope", "token_type");
        assertThat(member(answer, "scope")).isEqualTo("write read");
        assertThat(answer.json().get("expires_in").asInt()).isEqualTo(1800);
        Jwt token = oidc.verified(member(answer, "access_token"), "at+jwt");
        assertThat(token.header()).containsOnlyKeys("alg", "typ", "kid").containsEntry("typ", "at+jwt");
        assertThat(token.claims())
                .containsOnlyKeys("jti", "sub", "iat", "exp", "scope", "client_id", "iss", "aud")
                .containsEntry("sub", machine.id())
                .containsEntry("client_id", machine.id())
                .containsEntry("aud", indicator)
                .containsEntry("scope", "write read");
    }

    @Test
    void asking_for_no_scope_gives_none() {
        oidc.permit(machine.id(), resource, "read");
        Answer answer = ok(ask("resource", indicator));
        assertThat(answer.json().get("scope").asString()).isEmpty();
        assertThat(oidc.verified(member(answer, "access_token"), "at+jwt").claims())
                .containsEntry("scope", "");
    }

    @Test
    void a_role_that_is_gone_gives_nothing_from_then_on() {
        oidc.permit(machine.id(), resource, "read");
        assertThat(member(ok(ask("resource", indicator, "scope", "read")), "scope"))
                .isEqualTo("read");
        oidc.dropRoles(machine.id());
        assertThat(member(ok(ask("resource", indicator, "scope", "read")), "scope"))
                .isEmpty();
    }

    @Test
    void without_a_resource_there_is_nothing_to_make_a_token_for() {
        Answer answer = ask();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("oidc.invalid_target");
        assertThat(answer.json().get("error_description").asString())
                .isEqualTo("both `resource` and `organization_id` are not provided");
    }

    @Test
    void an_unknown_resource_or_two_at_once_are_refused() {
        assertThat(ask("resource", "https://unknown.example.com").code()).isEqualTo("oidc.invalid_target");
        Answer two = oidc.browser()
                .send(
                        "POST",
                        "/oidc/token",
                        "grant_type=client_credentials&resource=" + indicator + "&resource=https://other.example.com",
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Authorization",
                        machine.basic());
        assertThat(two.status()).isEqualTo(400);
        assertThat(two.code()).isEqualTo("oidc.invalid_target");
    }

    @Test
    void an_organization_it_does_not_belong_to_is_denied() {
        String others = organizations.organization("Others");
        for (String id : List.of("acme", others, "x".repeat(300), "'; --")) {
            denied(ask("organization_id", id), "app has not associated with the organization");
            denied(ask("organization_id", id, "resource", indicator), "app has not associated with the organization");
        }
    }

    @Test
    void in_its_organization_it_gets_what_its_roles_there_give() {
        String acme = organizations.organization("Acme");
        organizations.join(acme, machine.id());
        organizations.permit(acme, machine.id(), "see:bills");
        Answer answer = ok(ask("organization_id", acme, "scope", "see:bills pay:bills"));
        assertThat(answer.json().get("expires_in").asInt()).isEqualTo(3600);
        assertThat(oidc.verified(member(answer, "access_token"), "at+jwt").claims())
                .containsOnlyKeys("jti", "sub", "iat", "exp", "scope", "client_id", "iss", "aud")
                .containsEntry("sub", machine.id())
                .containsEntry("aud", "urn:logto:organization:" + acme)
                .containsEntry("scope", "see:bills");
        assertThat(member(ok(ask("organization_id", acme)), "scope")).isEmpty();
    }

    @Test
    void at_an_api_for_its_organization_only_the_roles_there_count() {
        String acme = organizations.organization("Acme");
        organizations.join(acme, machine.id());
        organizations.permitAt(resource, acme, machine.id(), "read");
        oidc.permit(machine.id(), resource, "write");
        Answer answer = ok(ask("organization_id", acme, "resource", indicator, "scope", "read write"));
        assertThat(answer.json().get("expires_in").asInt()).isEqualTo(1800);
        assertThat(oidc.verified(member(answer, "access_token"), "at+jwt").claims())
                .containsEntry("aud", indicator)
                .containsEntry("organization_id", acme)
                .containsEntry("scope", "read");
        assertThat(member(ok(ask("resource", indicator, "scope", "read write")), "scope"))
                .isEqualTo("write");
        organizations.leave(acme, machine.id());
        denied(ask("organization_id", acme), "app has not associated with the organization");
    }

    @Test
    void other_kinds_of_clients_may_not_and_it_may_not_use_their_grants() {
        Answer web = oidc.token(oidc.web(), "grant_type", "client_credentials", "resource", indicator);
        assertThat(web.status()).isEqualTo(400);
        assertThat(web.code()).isEqualTo("oidc.invalid_request");
        assertThat(web.json().get("error_description").asString())
                .isEqualTo("requested grant type is not allowed for this client");
        for (String type : new String[] {
            "authorization_code",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:device_code",
            "urn:ietf:params:oauth:grant-type:token-exchange"
        }) {
            assertThat(oidc.token(machine, "grant_type", type, "code", "x").code())
                    .isEqualTo("oidc.invalid_request");
        }
    }

    @Test
    void an_unknown_grant_type_is_unsupported() {
        for (String type : new String[] {"password", "implicit", "x"}) {
            Answer answer = oidc.token(machine, "grant_type", type);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("oidc.unsupported_grant_type");
        }
        assertThat(oidc.token(machine, "resource", indicator).code()).isEqualTo("oidc.invalid_request");
    }

    @Test
    void every_token_and_every_refusal_is_in_the_log_without_the_secret() {
        ok(ask("resource", indicator, "scope", "read"));
        ask("resource", "https://unknown.example.com");
        oidc.browser()
                .form(
                        "/oidc/token",
                        TestOidc.form(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                machine.id(),
                                "client_secret",
                                "guess-of-the-secret"));
        String own = "FROM logs WHERE tenant_id = :tenant AND key = 'ExchangeTokenBy.ClientCredentials'"
                + " AND payload::text LIKE :like";
        Map<String, String> mine = Map.of("like", "%" + machine.id() + "%");
        assertThat(oidc.count("SELECT count(*) " + own + " AND payload ->> 'result' = 'Success'", mine))
                .isEqualTo(1);
        assertThat(oidc.count("SELECT count(*) " + own + " AND payload ->> 'error' = 'oidc.invalid_target'", mine))
                .isEqualTo(1);
        assertThat(oidc.count("SELECT count(*) " + own + " AND payload ->> 'error' = 'oidc.invalid_client'", mine))
                .isEqualTo(1);
        assertThat(oidc.count(
                        "SELECT count(*) FROM logs WHERE tenant_id = :tenant AND payload::text LIKE :like",
                        Map.of("like", "%guess-of-the-secret%")))
                .isZero();
    }

    private Answer ask(String... fields) {
        String[] all = new String[fields.length + 2];
        all[0] = "grant_type";
        all[1] = "client_credentials";
        System.arraycopy(fields, 0, all, 2, fields.length);
        return oidc.token(machine, all);
    }
}
