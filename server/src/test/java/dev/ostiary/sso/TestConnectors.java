package dev.ostiary.sso;

import dev.ostiary.crypto.Secret;
import dev.ostiary.db.Database;
import java.util.List;
import java.util.Optional;

/** Makes connectors without asking their provider, for tests that play the provider themselves. */
public final class TestConnectors {
    private final Database database;
    private final SsoConnectors connectors;
    private final String tenant;

    public TestConnectors(Database database, SsoConnectors connectors, String tenant) {
        this.database = database;
        this.connectors = connectors;
        this.tenant = tenant;
    }

    public SsoConnector make(String name, String... domains) {
        return make(name, false, false, domains);
    }

    public SsoConnector make(String name, boolean syncProfile, boolean enableTokenStorage, String... domains) {
        OidcConfig config = new OidcConfig(
                "client-" + name,
                new Secret("secret-of-" + name),
                "https://" + name + ".idp.test",
                "",
                false,
                false,
                Optional.empty());
        NewSsoConnector wanted = new NewSsoConnector(
                SsoProvider.OIDC,
                name,
                config,
                List.of(domains),
                SsoConnector.Branding.NONE,
                syncProfile,
                enableTokenStorage);
        return database.write(tenant, tx -> connectors.create(tx, wanted));
    }

    /** A connector without a configuration: nobody can sign in there. */
    public SsoConnector draft(String name, String... domains) {
        NewSsoConnector wanted = new NewSsoConnector(
                SsoProvider.OIDC, name, null, List.of(domains), SsoConnector.Branding.NONE, false, false);
        return database.write(tenant, tx -> connectors.create(tx, wanted));
    }

    public void withDomains(SsoConnector connector, String... domains) {
        database.run(
                tenant,
                tx -> connectors.update(
                        tx,
                        new SsoConnector(
                                connector.id(),
                                connector.provider(),
                                connector.connectorName(),
                                connector.config(),
                                List.of(domains),
                                connector.branding(),
                                connector.syncProfile(),
                                connector.enableTokenStorage(),
                                connector.createdAt())));
    }

    public void delete(SsoConnector connector) {
        database.run(tenant, tx -> connectors.delete(tx, connector.id()));
    }
}
