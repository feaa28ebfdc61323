package dev.ostiary.oidc.conformance;

import org.junit.jupiter.api.Test;

/** {@code the first half of oidcc-implicit-certification-test-plan}. */
class ImplicitPlanTest extends Modules {
    ImplicitPlanTest() {
        super(new Suite.Variant("id_token", false));
    }

    @Test
    void oidcc_ensure_request_without_nonce_fails() {
        withoutNonceFails();
    }
}
