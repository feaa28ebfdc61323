package dev.ostiary.sso;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** What providers say to the configuration of a connector: before it is stored, and when an administrator looks at it. */
public final class SsoConfigs {
    private final ProviderConfigs told;

    /**
     * @param endpoints of an issuer, as the wire names them; empty if it cannot be asked
     * @param origin of a tenant
     */
    public SsoConfigs(Function<String, Optional<ObjectNode>> endpoints, Function<String, String> origin) {
        this.told = new ProviderConfigs(endpoints, origin);
    }

    /**
     * May call the provider: never inside a transaction.
     *
     * @throws dev.ostiary.errors.AppException 400 {@code connector.invalid_config} if the configuration is incomplete, or
     *     the provider cannot be reached or is none; 400 {@code connector.invalid_certificate}
     */
    SsoConfig checked(SsoProvider provider, ObjectNode document) {
        SsoConfig config = SsoConfigJson.read(provider, document);
        if (config instanceof SamlConfig saml) {
            check(saml);
        }
        return config;
    }

    /** There is no way to have a signing key yet. */
    private static void check(SamlConfig saml) {
        saml.x509Certificate().ifPresent(SamlProviderConfig::certificate);
        if (saml.signAuthnRequest().orElse(false)) {
            throw SsoError.SIGNING_KEY_REQUIRED.exception();
        }
    }

    /** As {@code providerConfig} of the wire, by the connectors' ids, without secrets. */
    Map<String, ObjectNode> told(String tenant, List<SsoConnector> connectors) {
        return told.of(tenant, connectors, false);
    }

    /** As {@code providerConfig} of the wire, with the secret. */
    Optional<ObjectNode> told(String tenant, SsoConnector connector) {
        return told.of(tenant, connector, true);
    }
}
