package dev.ostiary.oidc.conformance;

import org.junit.jupiter.api.Test;

/** {@code the first third of oidcc-hybrid-certification-test-plan}. */
class HybridPlanTest extends CodeModules {
    HybridPlanTest() {
        super(new Suite.Variant("code id_token", false));
    }

    @Test
    void oidcc_ensure_request_without_nonce_fails() {
        withoutNonceFails();
    }
}
