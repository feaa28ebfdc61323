package dev.ostiary.applications;

import dev.ostiary.crypto.VerificationKey;
import dev.ostiary.errors.AppException;
import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which settings of a client may be true together: how it proves itself, its keys, its security profile. */
public final class ClientSettings {
    /** What a client may sign with that is no secret: assertions and, but for none, whatever discovery advertises. */
    public static final Set<String> ALGORITHMS =
            Set.of("RS256", "PS256", "ES256", "ES384", "ES512", "Ed25519", "EdDSA");

    /** FAPI 2.0 Security Profile section 5.4.1. */
    public static final Set<String> FAPI_ALGORITHMS = Set.of("PS256", "ES256", "Ed25519", "EdDSA");

    private static final int MOST_KEYS = 20;
    private static final int LONGEST_KEYS = 32 * 1024;

    /** Members of private and symmetric keys (RFC 7518 section 6). */
    private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private static final String OIDC = "oidcClientMetadata";
    private static final String CUSTOM = "customClientMetadata";

    private ClientSettings() {}

    /** A rule that is broken, and by which setting. */
    public record Fault(String message, List<String> path) {
        static Optional<Fault> at(String document, String setting, String message) {
            return Optional.of(new Fault(message, List.of(document, setting)));
        }
    }

    /** @throws AppException 400 {@code guard.invalid_input} that names the setting */
    static void require(Application application) {
        fault(application).ifPresent(fault -> {
            throw Shape.invalid(fault.message, fault.path.toArray());
        });
    }

    /** The first rule that the settings of the client break. */
    public static Optional<Fault> fault(Application client) {
        return keys(client).or(() -> method(client)).or(() -> profile(client));
    }

    private static Optional<Fault> method(Application client) {
        ClientAuthenticationMethod method =
                client.oidcClientMetadata().tokenEndpointAuthMethod().orElse(null);
        if (method == null) {
            return Optional.empty();
        }
        boolean open = method == ClientAuthenticationMethod.NONE;
        if (client.type().isPublic() != open) {
            return Fault.at(
                    OIDC,
                    "tokenEndpointAuthMethod",
                    open
                            ? "Only a Native application or an SPA can do without a proof"
                            : "A Native application or an SPA cannot keep a secret or a key: none is its only method");
        }
        boolean hasKeys = client.oidcClientMetadata().jwks().isPresent()
                || client.oidcClientMetadata().jwksUri().isPresent();
        return method == ClientAuthenticationMethod.PRIVATE_KEY_JWT && !hasKeys
                ? Fault.at(OIDC, "tokenEndpointAuthMethod", "private_key_jwt needs jwks or jwksUri")
                : Optional.empty();
    }

    private static Optional<Fault> keys(Application client) {
        OidcClientMetadata metadata = client.oidcClientMetadata();
        if (metadata.jwks().isPresent() && metadata.jwksUri().isPresent()) {
            return Fault.at(OIDC, "jwks", "Either jwks or jwksUri, not both");
        }
        if (metadata.jwksUri().filter(uri -> !WebUri.isSecureOrLoopback(uri)).isPresent()) {
            return Fault.at(OIDC, "jwksUri", "Must be an https address");
        }
        Set<String> wanted = client.isFapi() ? FAPI_ALGORITHMS : ALGORITHMS;
        return metadata.jwks()
                .flatMap(jwks -> faultOfKeys(jwks, wanted))
                .flatMap(message -> Fault.at(OIDC, "jwks", message));
    }

    private static Optional<String> faultOfKeys(ObjectNode jwks, Set<String> wanted) {
        JsonNode keys = jwks.path("keys");
        if (!keys.isArray() || keys.isEmpty() || keys.size() > MOST_KEYS) {
            return Optional.of("Must be a JSON Web Key Set of 1 to " + MOST_KEYS + " keys");
        }
        if (Json.write(jwks).length() > LONGEST_KEYS) {
            return Optional.of("Must not be longer than " + LONGEST_KEYS + " characters");
        }
        Set<String> ids = new HashSet<>();
        boolean usable = false;
        for (JsonNode key : keys) {
            if (!key.isObject()) {
                return Optional.of("Each key must be an object");
            }
            if (PRIVATE.stream().anyMatch(key::has)) {
                // Whoever reads settings would then be the client.
                return Optional.of("Must hold public keys only: one has private or symmetric members");
            }
            if (key.has("kid") && !ids.add(key.path("kid").asString(""))) {
                return Optional.of("Each kid must be another");
            }
            usable |= VerificationKey.parse(Json.write(key))
                    .filter(known -> !Collections.disjoint(known.algorithms(), wanted))
                    .isPresent();
        }
        return usable
                ? Optional.empty()
                : Optional.of("Must hold a signature key for one of "
                        + String.join(", ", wanted.stream().sorted().toList()));
    }

    /** FAPI 2.0 Security Profile sections 5.3.2 and 5.4: what is not so cannot be switched on. */
    private static Optional<Fault> profile(Application client) {
        if (!client.isFapi()) {
            return Optional.empty();
        }
        OidcClientMetadata oidc = client.oidcClientMetadata();
        CustomClientMetadata custom = client.customClientMetadata();
        if (client.type().isPublic()) {
            return Fault.at(CUSTOM, "securityProfile", "fapi2 is for confidential clients only");
        }
        if (oidc.tokenEndpointAuthMethod().orElse(null) != ClientAuthenticationMethod.PRIVATE_KEY_JWT) {
            return Fault.at(OIDC, "tokenEndpointAuthMethod", "fapi2 demands private_key_jwt");
        }
        if (custom.dpop().orElse(Dpop.REQUIRED) != Dpop.REQUIRED) {
            return Fault.at(CUSTOM, "dpop", "fapi2 demands DPoP: required, or left out");
        }
        if (!oidc.responseTypes().orElse(List.of(ResponseType.CODE)).equals(List.of(ResponseType.CODE))) {
            return Fault.at(OIDC, "responseTypes", "fapi2 knows the response type code only");
        }
        return oidc.redirectUris().stream().allMatch(uri -> uri.indexOf('*') < 0 && WebUri.isSecureOrLoopback(uri))
                ? Optional.empty()
                : Fault.at(OIDC, "redirectUris", "fapi2 demands https redirect URIs without wildcards");
    }
}
