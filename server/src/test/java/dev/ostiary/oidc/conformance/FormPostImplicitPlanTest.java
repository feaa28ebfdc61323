package dev.ostiary.oidc.conformance;

import org.junit.jupiter.api.Test;

/** {@code the first half of oidcc-formpost-implicit-certification-test-plan}. */
class FormPostImplicitPlanTest extends Modules {
    FormPostImplicitPlanTest() {
        super(new Suite.Variant("id_token", true));
    }

    @Test
    void oidcc_ensure_request_without_nonce_fails() {
        withoutNonceFails();
    }
}
