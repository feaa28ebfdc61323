package dev.ostiary.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import dev.ostiary.testing.TestKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ClientSettingsTest {
    private static final TestKey KEY = TestKey.of("ES256");

    private static Application application(ApplicationType type, Map<String, ?> oidc, Map<String, ?> custom) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("redirectUris", List.of("https://shop.example/callback"));
        metadata.put("postLogoutRedirectUris", List.of());
        metadata.putAll(oidc);
        return new Application(
                "shop",
                "Shop",
                null,
                type,
                Shape.of(OidcClientMetadata.class).read(Json.read(Json.write(metadata))),
                Shape.of(CustomClientMetadata.class).read(Json.read(Json.write(custom))),
                Json.object(),
                null,
                false,
                false,
                List.of(),
                Instant.EPOCH,
                ApplicationSource.TENANT);
    }

    private static Optional<String> fault(ApplicationType type, Map<String, ?> oidc, Map<String, ?> custom) {
        return ClientSettings.fault(application(type, oidc, custom))
                .map(fault -> fault.path().getLast() + ": " + fault.message());
    }

    private static Optional<String> fault(Map<String, ?> oidc) {
        return fault(ApplicationType.TRADITIONAL, oidc, Map.of());
    }

    private static ObjectNode jwks(ObjectNode... keys) {
        ObjectNode document = Json.object();
        document.putArray("keys").addAll(List.of(keys));
        return document;
    }

    @Test
    void what_was_possible_before_is_possible() {
        for (ApplicationType type : ApplicationType.values()) {
            assertThat(fault(type, Map.of(), Map.of())).as(type.wire()).isEmpty();
        }
    }

    @Test
    void a_method_fits_the_kind_of_application_CA2() {
        for (ApplicationType type : ApplicationType.values()) {
            boolean open = type.isPublic();
            assertThat(fault(type, Map.of("tokenEndpointAuthMethod", "none"), Map.of())
                            .isEmpty())
                    .isEqualTo(open);
            assertThat(fault(type, Map.of("tokenEndpointAuthMethod", "client_secret_jwt"), Map.of())
                            .isEmpty())
                    .isEqualTo(!open);
        }
    }

    @Test
    void a_method_with_keys_needs_keys_of_one_place() {
        assertThat(fault(Map.of("tokenEndpointAuthMethod", "private_key_jwt")))
                .contains("tokenEndpointAuthMethod: private_key_jwt needs jwks or jwksUri");
        assertThat(fault(Map.of("jwks", jwks(KEY.jwk()), "jwksUri", "https://shop.example/jwks")))
                .contains("jwks: Either jwks or jwksUri, not both");
        assertThat(fault(Map.of("jwksUri", "http://shop.example/jwks"))).contains("jwksUri: Must be an https address");
        assertThat(fault(Map.of("tokenEndpointAuthMethod", "private_key_jwt", "jwks", jwks(KEY.jwk("a")))))
                .isEmpty();
    }

    @Test
    void keys_are_public_few_small_and_of_use() {
        assertThat(fault(Map.of("jwks", Json.object()))).isPresent();
        assertThat(fault(Map.of("jwks", jwks()))).isPresent();
        for (String member : List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k")) {
            assertThat(fault(Map.of("jwks", jwks(KEY.jwk().put(member, "AAAA")))))
                    .contains("jwks: Must hold public keys only: one has private or symmetric members");
        }
        assertThat(fault(Map.of("jwks", jwks(Json.object().put("kty", "oct").put("k", "AAAA")))))
                .isPresent();
        assertThat(fault(Map.of("jwks", jwks(KEY.jwk("a"), KEY.jwk("a"))))).contains("jwks: Each kid must be another");
        assertThat(fault(Map.of("jwks", jwks(KEY.jwk().put("use", "enc"))))).isPresent();
        assertThat(fault(Map.of("jwks", jwks(KEY.jwk().put("x", "AAAA"))))).isPresent();
        assertThat(fault(Map.of("jwks", jwks(KEY.jwk().put("note", "x".repeat(33_000))))))
                .isPresent();
        ObjectNode many = Json.object();
        var list = many.putArray("keys");
        for (int i = 0; i < 21; i++) {
            list.add(KEY.jwk("k" + i));
        }
        assertThat(fault(Map.of("jwks", many))).isPresent();
        ObjectNode odd = Json.object();
        odd.putArray("keys").add("x");
        assertThat(fault(Map.of("jwks", odd))).isPresent();
    }

    @Test
    void a_profile_cannot_be_switched_on_over_what_breaks_it() {
        Map<String, Object> good = Map.of("tokenEndpointAuthMethod", "private_key_jwt", "jwks", jwks(KEY.jwk("a")));
        Map<String, Object> on = Map.of("securityProfile", "fapi2");
        assertThat(fault(ApplicationType.TRADITIONAL, good, on)).isEmpty();
        assertThat(fault(ApplicationType.MACHINE_TO_MACHINE, good, on)).isEmpty();
        assertThat(fault(ApplicationType.SPA, Map.of(), on))
                .contains("securityProfile: fapi2 is for confidential clients only");
        assertThat(fault(ApplicationType.TRADITIONAL, Map.of(), on))
                .contains("tokenEndpointAuthMethod: fapi2 demands private_key_jwt");
        assertThat(fault(ApplicationType.TRADITIONAL, good, Map.of("securityProfile", "fapi2", "dpop", "optional")))
                .contains("dpop: fapi2 demands DPoP: required, or left out");
        assertThat(fault(
                        ApplicationType.TRADITIONAL,
                        with(good, "jwks", jwks(TestKey.of("ES384").jwk("a"))),
                        on))
                .contains("jwks: Must hold a signature key for one of ES256, Ed25519, EdDSA, PS256");
        assertThat(fault(
                        ApplicationType.TRADITIONAL, with(good, "responseTypes", List.of("code", "code id_token")), on))
                .contains("responseTypes: fapi2 knows the response type code only");
        for (String uri : List.of("http://shop.example/cb", "https://*.shop.example/cb", "com.example:/cb")) {
            assertThat(fault(ApplicationType.TRADITIONAL, with(good, "redirectUris", List.of(uri)), on))
                    .contains("redirectUris: fapi2 demands https redirect URIs without wildcards");
        }
        assertThat(fault(
                        ApplicationType.TRADITIONAL,
                        with(good, "redirectUris", List.of("http://127.0.0.1:3000/cb")),
                        on))
                .isEmpty();
    }

    private static Map<String, Object> with(Map<String, Object> metadata, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(metadata);
        changed.put(name, value);
        return changed;
    }
}
