package dev.ostiary.sso;

import dev.ostiary.crypto.Secret;
import dev.ostiary.errors.AppException;
import dev.ostiary.json.InvalidValue;
import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code config} of a connector: on the wire and, without the secret, in the database. */
final class SsoConfigJson {
    static final String SECRET = "clientSecret";

    private static final int LONGEST = 2048;
    private static final int LONGEST_METADATA = 262_144;
    /** A browser is sent there, or we read there: nothing that could be run, and no file. */
    private static final String WEB = "^https?://\\S+$";

    private static final String ALGORITHMS = "http://www\\.w3\\.org/2001/04/xmldsig-more#rsa-sha(256|512)";

    private SsoConfigJson() {}

    /**
     * A provider of free choice.
     *
     * @param clientSecret none is needed where a key proves us
     * @param issuer of at most 256 characters: it is stored with every identity
     */
    record Oidc(
            @Size(min = 1, max = LONGEST) String clientId,
            Optional<@Size(max = LONGEST) String> clientSecret,
            @Size(min = 1, max = 256) String issuer,
            Optional<@Size(max = LONGEST) String> scope,
            Optional<Boolean> trustUnverifiedEmail,
            Optional<ClientAuthenticationMethod> clientAuthentication) {
        Oidc {
            boolean byKey = clientAuthentication
                    .filter(method -> method == ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                    .isPresent();
            if (!byKey && clientSecret.orElse("").isEmpty()) {
                throw new InvalidValue("Required", SECRET);
            }
        }

        OidcConfig config() {
            return new OidcConfig(
                    clientId,
                    new Secret(clientSecret.orElse("")),
                    issuer,
                    scope.orElse(""),
                    trustUnverifiedEmail.orElse(false),
                    false,
                    clientAuthentication);
        }
    }

    /** The issuer is Google's own. */
    record Google(
            @Size(min = 1, max = LONGEST) String clientId,
            @Size(min = 1, max = LONGEST) String clientSecret,
            Optional<@Size(max = LONGEST) String> scope,
            Optional<Boolean> trustUnverifiedEmail,
            Optional<Boolean> offlineAccess) {

        OidcConfig config() {
            return new OidcConfig(
                    clientId,
                    new Secret(clientSecret),
                    SsoProvider.GOOGLE_ISSUER,
                    scope.orElse(""),
                    trustUnverifiedEmail.orElse(false),
                    offlineAccess.orElse(false),
                    Optional.empty());
        }
    }

    record Saml(
            Optional<@Size(max = LONGEST) @Pattern(regexp = WEB) String> metadataUrl,
            Optional<@Size(min = 1, max = LONGEST_METADATA) String> metadata,
            Optional<@Size(min = 1, max = LONGEST) String> entityId,
            Optional<@Size(max = LONGEST) @Pattern(regexp = WEB) String> signInEndpoint,
            Optional<@Size(min = 1, max = LONGEST_METADATA) String> x509Certificate,
            Optional<Mapping> attributeMapping,
            Optional<Boolean> signAuthnRequest,
            Optional<@Pattern(regexp = ALGORITHMS) String> requestSignatureAlgorithm) {

        record Mapping(
                Optional<@Size(max = LONGEST) String> id,
                Optional<@Size(max = LONGEST) String> email,
                Optional<@Size(max = LONGEST) String> name) {}

        /** Of the three ways to describe a provider the first that is complete counts; parts of the others are dropped. */
        Optional<SamlConfig> config() {
            boolean byUrl = metadataUrl.isPresent();
            boolean byText = !byUrl && metadata.isPresent();
            boolean byParts = !byUrl
                    && !byText
                    && entityId.isPresent()
                    && signInEndpoint.isPresent()
                    && x509Certificate.isPresent();
            if (!byUrl && !byText && !byParts) {
                return Optional.empty();
            }
            return Optional.of(new SamlConfig(
                    metadataUrl,
                    metadata.filter(text -> byText),
                    entityId.filter(text -> byParts),
                    signInEndpoint.filter(text -> byParts),
                    x509Certificate.filter(text -> byParts),
                    attributeMapping.map(
                            names -> new SamlConfig.AttributeMapping(names.id(), names.email(), names.name())),
                    signAuthnRequest,
                    requestSignatureAlgorithm));
        }
    }

    /** @throws AppException 400 {@code connector.invalid_config}: something is missing or wrong */
    static SsoConfig read(SsoProvider provider, ObjectNode document) {
        try {
            return switch (provider) {
                case GOOGLE_WORKSPACE -> Shape.of(Google.class).read(document).config();
                case OIDC, OKTA, AZURE_AD_OIDC ->
                    Shape.of(Oidc.class).read(document).config();
                case SAML, AZURE_AD ->
                    Shape.of(Saml.class)
                            .read(document)
                            .config()
                            .orElseThrow(() -> Shape.invalid(
                                    "Needs metadataUrl, or metadata, or entityId, signInEndpoint and x509Certificate"));
            };
        } catch (AppException refusal) {
            throw new AppException(SsoError.INVALID_CONFIG, refusal.data(), refusal.details());
        }
    }

    /** A draft has an empty one. */
    static ObjectNode document(SsoConnector connector, boolean withSecret) {
        SsoConfig config = connector.config();
        if (config == null) {
            return Json.object();
        }
        ObjectNode document = write(connector.provider(), config);
        if (withSecret
                && config instanceof OidcConfig oidc
                && !oidc.clientSecret().reveal().isEmpty()) {
            document.put(SECRET, oidc.clientSecret().reveal());
        }
        return document;
    }

    /** Without the secret. */
    static ObjectNode write(SsoProvider provider, SsoConfig config) {
        return switch (config) {
            case OidcConfig oidc -> write(provider, oidc);
            case SamlConfig saml -> (ObjectNode) Json.tree(saml);
        };
    }

    private static ObjectNode write(SsoProvider provider, OidcConfig oidc) {
        ObjectNode document = Json.object().put("clientId", oidc.clientId());
        boolean google = provider == SsoProvider.GOOGLE_WORKSPACE;
        if (!google) {
            document.put("issuer", oidc.issuer());
        }
        if (!oidc.scope().isEmpty()) {
            document.put("scope", oidc.scope());
        }
        document.put("trustUnverifiedEmail", oidc.trustUnverifiedEmail());
        if (google && oidc.offlineAccess()) {
            document.put("offlineAccess", true);
        }
        oidc.clientAuthentication().ifPresent(method -> document.put("clientAuthentication", method.word()));
        return document;
    }
}
