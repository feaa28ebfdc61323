package dev.ostiary.sso.oidc;

import dev.ostiary.json.Json;
import dev.ostiary.sso.SsoFault;
import dev.ostiary.sso.SsoProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the document of OpenID Connect Discovery 1.0 section 3. */
final class MetadataDocument {
    /** Longer addresses are not met; they would only fill the cache. */
    private static final int LONGEST = 2048;

    private static final int MOST_VALUES = 100;

    private final JsonNode document;

    private MetadataDocument(JsonNode document) {
        this.document = document;
    }

    static ProviderMetadata read(String text, SsoProvider provider, String typed) throws Unusable {
        JsonNode document;
        try {
            document = Json.read(text);
        } catch (JacksonException e) {
            throw new Unusable(SsoFault.NOT_JSON);
        }
        if (!document.isObject()) {
            throw new Unusable(SsoFault.NOT_JSON);
        }
        return new MetadataDocument(document).metadata(provider, typed);
    }

    private ProviderMetadata metadata(SsoProvider provider, String typed) throws Unusable {
        JsonNode issuer = document.path("issuer");
        if (!issuer.isString()) {
            throw missing("issuer");
        }
        String toStore = Issuers.toStore(provider, typed, issuer.stringValue())
                .filter(text -> text.length() <= LONGEST)
                .orElseThrow(() -> new Unusable(SsoFault.ISSUER_MISMATCH));
        return new ProviderMetadata(
                issuer.stringValue(),
                toStore,
                endpoint("authorization_endpoint"),
                endpoint("token_endpoint"),
                optional("userinfo_endpoint"),
                endpoint("jwks_uri"),
                optional("end_session_endpoint"),
                new LinkedHashSet<>(words("id_token_signing_alg_values_supported")),
                words("token_endpoint_auth_methods_supported"),
                document.path("authorization_response_iss_parameter_supported").isBoolean()
                        && document.path("authorization_response_iss_parameter_supported")
                                .booleanValue());
    }

    private URI endpoint(String name) throws Unusable {
        return optional(name).orElseThrow(() -> missing(name));
    }

    private Optional<URI> optional(String name) {
        JsonNode value = document.path(name);
        return value.isString() && value.stringValue().length() <= LONGEST
                ? Issuers.uri(value.stringValue())
                : Optional.empty();
    }

    private List<String> words(String name) {
        List<String> words = new ArrayList<>();
        for (JsonNode value : document.path(name)) {
            if (value.isString() && words.size() < MOST_VALUES) {
                words.add(value.stringValue());
            }
        }
        return List.copyOf(words);
    }

    private static Unusable missing(String name) {
        return new Unusable(SsoFault.MISSING_ENDPOINT, Map.of("missing", name));
    }
}
