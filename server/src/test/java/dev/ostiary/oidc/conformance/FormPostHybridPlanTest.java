package dev.ostiary.oidc.conformance;

import org.junit.jupiter.api.Test;

/** {@code the first third of oidcc-formpost-hybrid-certification-test-plan}. */
class FormPostHybridPlanTest extends CodeModules {
    FormPostHybridPlanTest() {
        super(new Suite.Variant("code id_token", true));
    }

    @Test
    void oidcc_ensure_request_without_nonce_fails() {
        withoutNonceFails();
    }
}
