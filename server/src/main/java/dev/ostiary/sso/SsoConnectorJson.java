package dev.ostiary.sso;

import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Wire shapes of connectors and their providers. */
public final class SsoConnectorJson {
    private static final int MOST_DOMAINS = 1_000;

    private SsoConnectorJson() {}

    /** A connector as it is stored. */
    public record Row(
            String tenantId,
            String id,
            SsoProvider providerName,
            String connectorName,
            ObjectNode config,
            List<String> domains,
            SsoConnector.Branding branding,
            boolean syncProfile,
            boolean enableTokenStorage,
            long createdAt) {

        /** For whoever may not read the secret, and for logs. */
        public static Row withoutSecret(String tenant, SsoConnector connector) {
            return of(tenant, connector, SsoConfigJson.document(connector, false));
        }

        static Row withSecret(String tenant, SsoConnector connector) {
            return of(tenant, connector, SsoConfigJson.document(connector, true));
        }

        private static Row of(String tenant, SsoConnector connector, ObjectNode config) {
            return new Row(
                    tenant,
                    connector.id(),
                    connector.provider(),
                    connector.connectorName(),
                    config,
                    connector.domains(),
                    connector.branding(),
                    connector.syncProfile(),
                    connector.enableTokenStorage(),
                    connector.createdAt().toEpochMilli());
        }
    }

    /**
     * A connector with what is known of its provider.
     *
     * @param name of the provider, in the reader's language
     * @param providerConfig as told by the provider; absent while it cannot be asked
     */
    record View(
            String tenantId,
            String id,
            SsoProvider providerName,
            String connectorName,
            ObjectNode config,
            List<String> domains,
            SsoConnector.Branding branding,
            boolean syncProfile,
            boolean enableTokenStorage,
            long createdAt,
            String name,
            ProviderType providerType,
            String providerLogo,
            String providerLogoDark,
            Optional<ObjectNode> providerConfig) {

        static View of(Row row, String language, Optional<ObjectNode> providerConfig) {
            SsoProvider provider = row.providerName();
            return new View(
                    row.tenantId(),
                    row.id(),
                    provider,
                    row.connectorName(),
                    row.config(),
                    row.domains(),
                    row.branding(),
                    row.syncProfile(),
                    row.enableTokenStorage(),
                    row.createdAt(),
                    provider.name(language),
                    provider.type(),
                    provider.logo(),
                    provider.darkLogo(),
                    providerConfig);
        }
    }

    /** A kind of provider. */
    record ProviderView(
            SsoProvider providerName,
            ProviderType providerType,
            String logo,
            String logoDark,
            String description,
            String name) {

        static ProviderView of(SsoProvider provider, String language) {
            return new ProviderView(
                    provider,
                    provider.type(),
                    provider.logo(),
                    provider.darkLogo(),
                    provider.description(language),
                    provider.name(language));
        }
    }

    /** Without {@code config} a draft is made. */
    record Create(
            @Size(min = 1, max = 128) String providerName,
            @Size(min = 1, max = 128) String connectorName,
            Optional<ObjectNode> config,
            Optional<@Size(max = MOST_DOMAINS) List<String>> domains,
            Optional<SsoConnector.Branding> branding,
            Optional<Boolean> syncProfile,
            Optional<Boolean> enableTokenStorage) {
        Create {
            domains = domains.map(DomainRules::canonical);
        }
    }

    /** Each key that is there replaces what was there, {@code config} as a whole too. */
    record Patch(
            Optional<ObjectNode> config,
            Optional<@Size(max = MOST_DOMAINS) List<String>> domains,
            Optional<SsoConnector.Branding> branding,
            Optional<Boolean> syncProfile,
            Optional<@Size(min = 1, max = 128) String> connectorName,
            Optional<Boolean> enableTokenStorage) {
        Patch {
            domains = domains.map(DomainRules::canonical);
        }

        SsoConnector laidOver(SsoConnector old, Optional<SsoConfig> newConfig) {
            return new SsoConnector(
                    old.id(),
                    old.provider(),
                    connectorName.orElse(old.connectorName()),
                    newConfig.orElse(old.config()),
                    domains.orElse(old.domains()),
                    branding.orElse(old.branding()),
                    syncProfile.orElse(old.syncProfile()),
                    enableTokenStorage.orElse(old.enableTokenStorage()),
                    old.createdAt());
        }
    }

    /** @param issuer or the whole address of the metadata; Google's needs none */
    record Lookup(@Size(min = 1, max = 128) String providerName, Optional<@Size(min = 1, max = 2048) String> issuer) {}

    /** @param testUri for a browser, once, within five minutes */
    record Test(String testUri) {}
}
