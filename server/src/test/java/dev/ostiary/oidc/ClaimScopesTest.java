package dev.ostiary.oidc;

import static dev.ostiary.oidc.TestOidc.member;
import static dev.ostiary.oidc.TestOidc.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.TestOidc.Client;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ClaimScopesTest {
    private final TestOidc oidc = TestOidc.shared();

    @Test
    void each_scope_tells_its_claims_and_no_others() {
        Client web = oidc.web();
        String user = oidc.user("everything");
        oidc.update(
                "UPDATE users SET avatar = 'https://example.com/a.png', primary_phone = :phone, profile ="
                        + " :profile::jsonb WHERE tenant_id = :tenant AND id = :id",
                Map.of(
                        "id",
                        user,
                        "phone",
                        "41" + Integer.toUnsignedString(user.hashCode()),
                        "profile",
                        """
                        {"familyName":"L","givenName":"A","middleName":"M","nickname":"al","preferredUsername":"ali",
                         "profile":"https://example.com/a","website":"https://example.com","gender":"-",
                         "birthdate":"1970-01-01","zoneinfo":"Europe/Paris","locale":"fr",
                         "address":{"formatted":"1 rue X"}}
                        """));
        Set<String> scopes = new LinkedHashSet<>(Scopes.SUPPORTED);
        scopes.removeAll(Set.of(Scopes.OPENID, Scopes.OFFLINE_ACCESS));
        for (String scope : scopes) {
            JsonNode told = ok(oidc.userinfo(member(oidc.signIn(web, user, "openid " + scope), "access_token")))
                    .json();
            List<String> claims = ClaimScopes.claims().stream()
                    .filter(claim -> ClaimScopes.of(claim).orElseThrow().equals(scope))
                    .toList();
            Set<String> expected = new LinkedHashSet<>(claims);
            expected.add("sub");
            assertThat(told.propertyNames()).as(scope).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void a_claim_that_nobody_knows_has_no_scope() {
        assertThat(ClaimScopes.of("shoe_size")).isEmpty();
        assertThat(ClaimScopes.of("sub")).isEmpty();
        assertThat(ClaimScopes.of(List.of("name", "email", "shoe_size"))).containsExactly("profile", "email");
    }
}
