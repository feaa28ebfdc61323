package dev.ostiary.oidc.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code oidcc-basic-certification-test-plan}. */
class BasicPlanTest extends CodeModules {
    BasicPlanTest() {
        super(new Suite.Variant("code", false));
    }

    @Test
    void oidcc_ensure_request_without_nonce_succeeds_for_code_flow() {
        Signed signed = flow(browser(), request("nonce", ""));
        assertThat(signed.first().has("nonce")).isFalse();
    }

    @Test
    void oidcc_idtoken_unsigned_is_skipped_because_none_is_not_advertised() {
        assertThat(suite.discovery().path("id_token_signing_alg_values_supported"))
                .extracting(JsonNode::asString)
                .contains("RS256")
                .doesNotContain("none");
    }
}
