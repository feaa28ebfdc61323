package dev.ostiary.oidc.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.oidc.conformance.Suite.Client;
import dev.ostiary.testing.TestBrowser.Answer;
import org.junit.jupiter.api.Test;

/**
 * {@code oidcc-basic-certification-test-plan} with {@code client_registration=dynamic_client}: the clients are strangers, so
 * the person is asked on a page of consent, once.
 */
class DynamicClientBasicPlanTest extends CodeModules {
    private final Client registered = suite.registered();
    private final Client second = suite.registered();

    DynamicClientBasicPlanTest() {
        super(new Suite.Variant("code", false));
    }

    @Override
    Client client() {
        return registered;
    }

    @Override
    Client client2() {
        return second;
    }

    @Test
    void oidcc_ensure_request_without_nonce_succeeds_for_code_flow() {
        assertThat(flow(browser(), request("nonce", "")).first().has("nonce")).isFalse();
    }

    /** With {@code client_secret_post} the suite registers another client; one has one method. */
    @Override
    @Test
    void oidcc_server_client_secret_post() {
        Answer refused = browser()
                .form(
                        "/oidc/token",
                        Suite.form(
                                "grant_type",
                                "authorization_code",
                                "code",
                                "none",
                                "client_id",
                                registered.id(),
                                "client_secret",
                                registered.secret()));
        Conditions.tokenError(refused, 401, "invalid_client");
    }
}
