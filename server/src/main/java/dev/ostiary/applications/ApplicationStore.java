package dev.ostiary.applications;

import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows of {@code applications}. */
final class ApplicationStore {
    /** An application is never without its secrets: what compares them must not see a part. */
    private static final String COLUMNS =
            """
            a.id, a.name, a.description, a.type, a.oidc_client_metadata, a.custom_client_metadata, a.custom_data,
            a.protected_app_metadata, a.is_third_party, a.app_level_access_control_enabled, a.created_at,
            a.source,
            (SELECT jsonb_agg(jsonb_build_object('name', s.name, 'hash', encode(s.value_hash, 'hex'),
                        'expiresAt', floor(extract(epoch FROM s.expires_at) * 1000)) ORDER BY s.created_at, s.name)
                FROM application_secrets s
                WHERE s.tenant_id = a.tenant_id AND s.application_id = a.id) AS secrets
            """;

    private ApplicationStore() {}

    static Optional<Application> find(Tx tx, String id) {
        return tx.query("SELECT " + COLUMNS + " FROM applications a WHERE a.tenant_id = :tenant AND a.id = :id")
                .bind("id", id)
                .map((rs, ctx) -> application(rs))
                .findOne();
    }

    /** In the order of the ids' creation; ids without a row are left out. */
    static List<Application> all(Tx tx, List<String> ids) {
        return tx.query(
                        "SELECT " + COLUMNS
                                + """
                        FROM applications a WHERE a.tenant_id = :tenant AND a.id = ANY(:ids)
                        ORDER BY a.created_at DESC, a.id DESC
                        """)
                .bindArray("ids", String.class, ids)
                .map((rs, ctx) -> application(rs))
                .list();
    }

    /** Of all applications but those of third parties. */
    static List<String> ownRedirectUris(Tx tx) {
        return tx.query(
                        """
                SELECT DISTINCT uri FROM applications a,
                    jsonb_array_elements_text(a.oidc_client_metadata -> 'redirectUris') AS uri
                WHERE a.tenant_id = :tenant AND NOT a.is_third_party
                """)
                .mapTo(String.class)
                .list();
    }

    /** Newest first. */
    static List<Application> list(Tx tx, ApplicationFilter filter, long offset, long limit) {
        return filter.bind(tx.query("SELECT " + COLUMNS + " FROM applications a WHERE " + filter.condition()
                        + " ORDER BY a.created_at DESC, a.id DESC OFFSET :offset LIMIT :limit"))
                .bind("offset", offset)
                .bind("limit", limit)
                .map((rs, ctx) -> application(rs))
                .list();
    }

    static long count(Tx tx, ApplicationFilter filter) {
        return filter.bind(tx.query("SELECT count(*) FROM applications a WHERE " + filter.condition()))
                .mapTo(Long.class)
                .one();
    }

    /** Whether any application keeps a security profile. */
    static boolean hasProfile(Tx tx) {
        return tx.query("SELECT EXISTS (SELECT FROM applications WHERE tenant_id = :tenant"
                        + " AND custom_client_metadata ->> 'securityProfile' IS NOT NULL)")
                .mapTo(Boolean.class)
                .one();
    }

    /** @return false if there is an application of that id already */
    static boolean insert(Tx tx, Application application) {
        return bind(
                                tx.update(
                                        """
                INSERT INTO applications (tenant_id, id, name, description, type, oidc_client_metadata,
                    custom_client_metadata, custom_data, protected_app_metadata, is_third_party,
                    app_level_access_control_enabled, created_at, source)
                VALUES (:tenant, :id, :name, :description, :type, :oidc::jsonb, :custom::jsonb, :data::jsonb,
                    :protected::jsonb, :thirdParty, :accessControl, :createdAt, :source)
                ON CONFLICT DO NOTHING
                """),
                                application)
                        .bind("type", application.type().wire())
                        .bind("thirdParty", application.isThirdParty())
                        .bind("createdAt", application.createdAt())
                        .bind("source", application.source().wire())
                        .execute()
                == 1;
    }

    /** Writes what may change: neither the type nor whose it is. */
    static void update(Tx tx, Application application) {
        bind(
                        tx.update(
                                """
                UPDATE applications SET name = :name, description = :description, oidc_client_metadata = :oidc::jsonb,
                    custom_client_metadata = :custom::jsonb, custom_data = :data::jsonb,
                    protected_app_metadata = :protected::jsonb, app_level_access_control_enabled = :accessControl
                WHERE tenant_id = :tenant AND id = :id
                """),
                        application)
                .execute();
    }

    /** Locks the row until the transaction ends, so that two changes do not undo each other. */
    static boolean lock(Tx tx, String id) {
        return tx.query("SELECT 1 FROM applications WHERE tenant_id = :tenant AND id = :id FOR UPDATE")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** @return the custom data after the merge, empty if there is no such application */
    static Optional<JsonNode> mergeCustomData(Tx tx, String id, ObjectNode patch) {
        return tx.query(
                        """
                UPDATE applications SET custom_data = custom_data || :patch::jsonb
                WHERE tenant_id = :tenant AND id = :id RETURNING custom_data
                """)
                .bind("id", id)
                .bind("patch", Json.write(patch))
                .map((rs, ctx) -> Json.readStored(rs.getString(1)))
                .findOne();
    }

    static boolean delete(Tx tx, String id) {
        return tx.update("DELETE FROM applications WHERE tenant_id = :tenant AND id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    private static org.jdbi.v3.core.statement.Update bind(
            org.jdbi.v3.core.statement.Update update, Application application) {
        return update.bind("id", application.id())
                .bind("name", application.name())
                .bind("description", application.description())
                .bind("oidc", Json.write(application.oidcClientMetadata()))
                .bind("custom", Json.write(application.customClientMetadata()))
                .bind("data", Json.write(application.customData()))
                .bind(
                        "protected",
                        application.protectedAppMetadata() == null
                                ? null
                                : Json.write(application.protectedAppMetadata()))
                .bind("accessControl", application.appLevelAccessControlEnabled());
    }

    private static Application application(ResultSet rs) throws SQLException {
        String protectedAppMetadata = rs.getString("protected_app_metadata");
        return new Application(
                rs.getString("id"),
                rs.getString("name"),
                rs.getString("description"),
                ApplicationType.of(rs.getString("type")),
                shaped(rs.getString("oidc_client_metadata"), OidcClientMetadata.class),
                shaped(rs.getString("custom_client_metadata"), CustomClientMetadata.class),
                (ObjectNode) Json.readStored(rs.getString("custom_data")),
                protectedAppMetadata == null ? null : Json.readStored(protectedAppMetadata),
                rs.getBoolean("is_third_party"),
                rs.getBoolean("app_level_access_control_enabled"),
                secrets(rs.getString("secrets")),
                rs.getTimestamp("created_at").toInstant(),
                ApplicationSource.of(rs.getString("source")));
    }

    /** Read as it was when a request brought it: what is absent is empty, never null. */
    private static <T> T shaped(String json, Class<T> shape) {
        return Shape.of(shape).read(Json.readStored(json));
    }

    private static List<ApplicationSecret> secrets(@org.jspecify.annotations.Nullable String json) {
        List<ApplicationSecret> secrets = new ArrayList<>();
        if (json != null) {
            for (JsonNode secret : Json.readStored(json)) {
                JsonNode expiresAt = secret.get("expiresAt");
                secrets.add(new ApplicationSecret(
                        secret.get("name").asString(),
                        HexFormat.of().parseHex(secret.get("hash").asString()),
                        expiresAt.isNull() ? null : Instant.ofEpochMilli(expiresAt.asLong())));
            }
        }
        return List.copyOf(secrets);
    }
}
