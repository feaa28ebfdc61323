package dev.ostiary.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.ostiary.e2e.Visitor.Place;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that keeps FAPI 2.0 with an unmodified client library: nobody told it anything of us but the issuer. */
@ExtendWith(ClientStage.Resolver.class)
class FapiClientTest {
    private static ClientStage stage;

    @BeforeAll
    static void start(ClientStage given) {
        stage = given;
    }

    @Test
    void openid_client_signs_in_with_a_pushed_request_a_key_and_bound_tokens() throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("2026").generate();
        int port = Ports.free();
        String home = FlaskProgram.home(port);
        // What the profile permits (section 5.4.1); other tests of the stage count on the usual key.
        sign("P-256");
        String id = stage.api()
                .call("POST", "/applications", application(key, home + "callback"))
                .get("id")
                .asString();
        try {
            signIn(key, id, port, home);
        } finally {
            stage.api().call("DELETE", "/applications/" + id, Map.of());
            sign("EC");
            stage.renew();
        }
    }

    private static void sign(String kind) {
        stage.api().call("POST", "/configs/oidc/private-keys/rotate", Map.of("signingKeyAlgorithm", kind));
    }

    private static void signIn(ECKey key, String id, int port, String home) {
        Map<String, String> environment = Map.of(
                "ENDPOINT",
                stage.endpoint(),
                "CLIENT_ID",
                id,
                "HOME_URL",
                home,
                "PORT",
                Integer.toString(port),
                "PRIVATE_JWK",
                key.toJSONString());
        try (Companion program =
                Companion.start("fapi", ClientProgram.node(), List.of("node", "openid-client/fapi.mjs"), environment)) {
            program.await(URI.create(home), Duration.ofSeconds(90));
            Visitor visitor = new Visitor("en");
            Place page = visitor.open(home + "sign-in");
            assertThat(page.path()).as(program.log()).isEqualTo("/sign-in");
            Place signedIn =
                    visitor.submit(page, Map.of("identifier", ClientStage.USERNAME, "password", ClientStage.PASSWORD));
            assertThat(signedIn.page()).as(program.log()).contains("<p id=\"sub\">" + stage.user() + "</p>");
            JsonNode told =
                    new JsonMapper().readTree(visitor.open(home + "told").page());
            assertThat(told.path("type").asString("")).as(program.log()).isEqualTo("dpop");
            assertThat(told.path("email").asString()).isEqualTo(ClientStage.EMAIL);
            assertThat(told.path("bearer").asInt()).isEqualTo(401);
            assertThat(told.path("rotated").asBoolean()).isFalse();
            assertThat(told.path("bound").asBoolean()).isTrue();
        }
    }

    private static Map<String, ?> application(ECKey key, String callback) {
        Map<String, ?> metadata = Map.of(
                "redirectUris",
                List.of(callback),
                "postLogoutRedirectUris",
                List.of(),
                "tokenEndpointAuthMethod",
                "private_key_jwt",
                "jwks",
                Map.of("keys", List.of(key.toPublicJWK().toJSONObject())));
        return Map.of(
                "name",
                "Bank",
                "type",
                "Traditional",
                "oidcClientMetadata",
                metadata,
                "customClientMetadata",
                Map.of("securityProfile", "fapi2"));
    }
}
