package dev.ostiary.sso;

import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Search;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Rows of {@code sso_connectors} and {@code sso_connector_domains}. */
final class SsoConnectorStore {
    private static final String COLUMNS =
            """
            c.id, c.provider_name, c.connector_name, c.config, c.sealed_secret, c.branding, c.sync_profile,
            c.enable_token_storage, c.created_at,
            ARRAY(SELECT d.domain FROM sso_connector_domains d
                  WHERE d.tenant_id = c.tenant_id AND d.connector_id = c.id ORDER BY d.position) AS domains
            """;

    /** Of connectors {@code c}: a complete configuration of a protocol that can sign in, and a domain. */
    private static final String AVAILABLE =
            """
            c.config IS NOT NULL AND c.provider_name IN ('OIDC', 'AzureAdOidc', 'GoogleWorkspace', 'Okta')
            AND EXISTS (SELECT FROM sso_connector_domains d
                        WHERE d.tenant_id = c.tenant_id AND d.connector_id = c.id)
            """;

    /** Columns of {@code sso_connectors c} by the field of the wire. */
    static final Map<String, String> SEARCHABLE = Map.of(
            "id",
            "c.id",
            "connectorName",
            "c.connector_name",
            "domains",
            """
            (SELECT string_agg(d.domain, ' ' ORDER BY d.position) FROM sso_connector_domains d
             WHERE d.tenant_id = c.tenant_id AND d.connector_id = c.id)
            """);

    static final String IDS_OF_DOMAIN =
            """
            SELECT d.connector_id FROM sso_connector_domains d
            WHERE d.tenant_id = :tenant AND d.domain = :domain ORDER BY d.connector_id
            """;

    private final Sealer sealer;

    SsoConnectorStore(Sealer sealer) {
        this.sealer = sealer;
    }

    Optional<SsoConnector> find(Tx tx, String id) {
        return tx.query("SELECT " + COLUMNS + " FROM sso_connectors c WHERE c.tenant_id = :tenant AND c.id = :id")
                .bind("id", id)
                .map((rs, ctx) -> connector(tx.tenant(), rs))
                .findOne();
    }

    Optional<SsoConnector> lock(Tx tx, String id) {
        return tx.query("SELECT " + COLUMNS
                        + " FROM sso_connectors c WHERE c.tenant_id = :tenant AND c.id = :id FOR UPDATE OF c")
                .bind("id", id)
                .map((rs, ctx) -> connector(tx.tenant(), rs))
                .findOne();
    }

    /** Newest first. */
    List<SsoConnector> list(Tx tx, Search search, long offset, long limit) {
        return search.bind(
                        tx.query(
                                "SELECT " + COLUMNS + " FROM sso_connectors c WHERE c.tenant_id = :tenant AND "
                                        + search.condition()
                                        + """
                         ORDER BY c.created_at DESC, c.id DESC OFFSET :offset LIMIT :limit
                        """))
                .bind("offset", offset)
                .bind("limit", limit)
                .map((rs, ctx) -> connector(tx.tenant(), rs))
                .list();
    }

    /** Oldest first, as visitors have come to know them. */
    List<SsoConnector> available(Tx tx, int most) {
        return tx.query("SELECT " + COLUMNS + " FROM sso_connectors c WHERE c.tenant_id = :tenant AND " + AVAILABLE
                        + " ORDER BY c.created_at, c.id LIMIT :most")
                .bind("most", most)
                .map((rs, ctx) -> connector(tx.tenant(), rs))
                .list();
    }

    static boolean anyAvailable(Tx tx) {
        return tx.query("SELECT EXISTS (SELECT FROM sso_connectors c WHERE c.tenant_id = :tenant AND " + AVAILABLE
                        + ")")
                .mapTo(Boolean.class)
                .one();
    }

    static List<String> idsOfDomain(Tx tx, String domain) {
        return tx.query(IDS_OF_DOMAIN)
                .bind("domain", domain)
                .mapTo(String.class)
                .list();
    }

    static long count(Tx tx, Search search) {
        return search.bind(tx.query(
                        "SELECT count(*) FROM sso_connectors c WHERE c.tenant_id = :tenant AND " + search.condition()))
                .mapTo(Long.class)
                .one();
    }

    void insert(Tx tx, SsoConnector connector) {
        tx.update(
                        """
                INSERT INTO sso_connectors (tenant_id, id, provider_name, connector_name, config, sealed_secret,
                    branding, sync_profile, enable_token_storage, created_at)
                VALUES (:tenant, :id, :provider, :name, CAST(:config AS jsonb), :secret,
                    CAST(:branding AS jsonb), :syncProfile, :tokenStorage, :createdAt)
                """)
                .bind("id", connector.id())
                .bind("provider", connector.provider().word())
                .bind("name", connector.connectorName())
                .bind("config", config(connector))
                .bind("secret", sealed(tx.tenant(), connector))
                .bind("branding", Json.write(connector.branding()))
                .bind("syncProfile", connector.syncProfile())
                .bind("tokenStorage", connector.enableTokenStorage())
                .bind("createdAt", connector.createdAt())
                .execute();
        insertDomains(tx, connector);
    }

    void update(Tx tx, SsoConnector connector) {
        tx.update(
                        """
                UPDATE sso_connectors SET connector_name = :name, config = CAST(:config AS jsonb),
                    sealed_secret = :secret, branding = CAST(:branding AS jsonb), sync_profile = :syncProfile,
                    enable_token_storage = :tokenStorage
                WHERE tenant_id = :tenant AND id = :id
                """)
                .bind("id", connector.id())
                .bind("name", connector.connectorName())
                .bind("config", config(connector))
                .bind("secret", sealed(tx.tenant(), connector))
                .bind("branding", Json.write(connector.branding()))
                .bind("syncProfile", connector.syncProfile())
                .bind("tokenStorage", connector.enableTokenStorage())
                .execute();
        tx.update("DELETE FROM sso_connector_domains WHERE tenant_id = :tenant AND connector_id = :id")
                .bind("id", connector.id())
                .execute();
        insertDomains(tx, connector);
    }

    static boolean delete(Tx tx, String id) {
        return tx.update("DELETE FROM sso_connectors WHERE tenant_id = :tenant AND id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    private static void insertDomains(Tx tx, SsoConnector connector) {
        if (!connector.domains().isEmpty()) {
            tx.update(
                            """
                    INSERT INTO sso_connector_domains (tenant_id, connector_id, domain, position)
                    SELECT :tenant, :id, domain, position
                    FROM unnest(:domains) WITH ORDINALITY AS listed (domain, position)
                    """)
                    .bind("id", connector.id())
                    .bindArray("domains", String.class, connector.domains())
                    .execute();
        }
    }

    private static @Nullable String config(SsoConnector connector) {
        SsoConfig config = connector.config();
        return config == null ? null : Json.write(SsoConfigJson.write(connector.provider(), config));
    }

    private @Nullable String sealed(String tenant, SsoConnector connector) {
        return connector.config() instanceof OidcConfig oidc
                ? sealer.seal(oidc.clientSecret().reveal(), context(tenant, connector.id()))
                : null;
    }

    private SsoConnector connector(String tenant, ResultSet rs) throws SQLException {
        String id = rs.getString("id");
        SsoProvider provider = SsoProvider.of(rs.getString("provider_name")).orElseThrow();
        return new SsoConnector(
                id,
                provider,
                rs.getString("connector_name"),
                config(tenant, id, provider, rs),
                List.copyOf(Arrays.asList((String[]) rs.getArray("domains").getArray())),
                Json.readStored(rs.getString("branding"), SsoConnector.Branding.class),
                rs.getBoolean("sync_profile"),
                rs.getBoolean("enable_token_storage"),
                rs.getTimestamp("created_at").toInstant());
    }

    private @Nullable SsoConfig config(String tenant, String id, SsoProvider provider, ResultSet rs)
            throws SQLException {
        String config = rs.getString("config");
        if (config == null) {
            return null;
        }
        ObjectNode document = (ObjectNode) Json.readStored(config);
        String sealed = rs.getString("sealed_secret");
        if (sealed != null) {
            document.put(SsoConfigJson.SECRET, sealer.unseal(sealed, context(tenant, id)));
        }
        return SsoConfigJson.read(provider, document);
    }

    private static String context(String tenant, String id) {
        return tenant + "/sso-connectors/" + id;
    }
}
