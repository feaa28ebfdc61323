package dev.ostiary.oidc.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.applications.ApplicationType;
import dev.ostiary.applications.RedirectUris;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.OAuthException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a stranger says of itself is read or refused, and what is read keeps the rules (DR1, DR2). */
class ClientMetadataFuzzTest {
    private static final List<String> NAMES = List.of(
            "redirect_uris",
            "post_logout_redirect_uris",
            "client_name",
            "client_uri",
            "logo_uri",
            "contacts",
            "scope",
            "grant_types",
            "response_types",
            "token_endpoint_auth_method",
            "application_type",
            "jwks",
            "jwks_uri",
            "backchannel_logout_uri",
            "software_statement",
            "subject_type",
            "dpop_bound_access_tokens");

    private static final List<String> VALUES = List.of(
            "\"https://agent.example/cb\"",
            "[\"https://agent.example/cb\"]",
            "[\"http://127.0.0.1/cb\",\"cursor://x/cb\"]",
            "[\"javascript:alert(1)\"]",
            "[\"https://good@evil.example/\"]",
            "[\"https://[::1]/cb\"]",
            "[\"com.example:/%zz\"]",
            "\"none\"",
            "\"client_secret_basic\"",
            "\"private_key_jwt\"",
            "[\"code\"]",
            "[\"code id_token\"]",
            "[\"authorization_code\",\"refresh_token\"]",
            "[\"urn:ietf:params:oauth:grant-type:device_code\"]",
            "\"native\"",
            "{\"keys\":[]}",
            "{}",
            "[]",
            "[[]]",
            "true",
            "0",
            "null",
            "\"\\ud800\"",
            "\"\"");

    @Property(tries = 3000)
    void a_document_is_read_or_refused(@ForAll("documents") ObjectNode document) {
        ClientMetadata metadata;
        try {
            metadata = ClientMetadata.read(document, RegistrationSettings.DEFAULTS, List.of("ES384"));
        } catch (OAuthException refusal) {
            assertThat(refusal.status()).isEqualTo(400);
            return;
        }
        JsonNode oidc = metadata.application().path("oidcClientMetadata");
        assertThat(oidc.path("redirectUris")).isNotEmpty();
        oidc.path("redirectUris")
                .forEach(uri -> assertThat(RedirectUris.fault(uri.asString())).isEmpty());
        boolean saysNone =
                document.path("token_endpoint_auth_method").asString("").equals("none");
        assertThat(metadata.type() == ApplicationType.TRADITIONAL).isNotEqualTo(saysNone);
    }

    @Provide
    Arbitrary<ObjectNode> documents() {
        Arbitrary<Map<String, String>> members =
                Arbitraries.maps(Arbitraries.of(NAMES), Arbitraries.of(VALUES)).ofMaxSize(6);
        return members.map(found -> {
            ObjectNode document = Json.object();
            document.putArray("redirect_uris").add("https://agent.example/cb");
            found.forEach((name, value) -> document.set(name, Json.read(value)));
            return document;
        });
    }
}
