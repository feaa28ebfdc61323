package dev.ostiary.connectors;

import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Rows of {@code connectors}. */
final class ConnectorStore {
    private final Sealer sealer;

    ConnectorStore(Sealer sealer) {
        this.sealer = sealer;
    }

    Optional<EmailConnector> find(Tx tx, String id) {
        return tx.query("SELECT id, config, sealed_secret, created_at FROM connectors"
                        + " WHERE tenant_id = :tenant AND id = :id")
                .bind("id", id)
                .map((rs, ctx) -> connector(tx.tenant(), rs))
                .findOne();
    }

    Optional<EmailConnector> lock(Tx tx, String id) {
        return tx.query("SELECT id, config, sealed_secret, created_at FROM connectors"
                        + " WHERE tenant_id = :tenant AND id = :id FOR UPDATE")
                .bind("id", id)
                .map((rs, ctx) -> connector(tx.tenant(), rs))
                .findOne();
    }

    List<EmailConnector> all(Tx tx) {
        return tx.query("SELECT id, config, sealed_secret, created_at FROM connectors"
                        + " WHERE tenant_id = :tenant ORDER BY created_at, id")
                .map((rs, ctx) -> connector(tx.tenant(), rs))
                .list();
    }

    void insert(Tx tx, EmailConnector connector) {
        tx.update(
                        """
                INSERT INTO connectors (tenant_id, id, connector_id, config, sealed_secret, created_at)
                VALUES (:tenant, :id, :factory, CAST(:config AS jsonb), :secret, :createdAt)
                """)
                .bind("id", connector.id())
                .bind("factory", SmtpFactory.ID)
                .bind("config", Json.write(SmtpConfigJson.write(connector.config(), false)))
                .bind("secret", sealed(tx.tenant(), connector))
                .bind("createdAt", connector.createdAt())
                .execute();
    }

    void update(Tx tx, EmailConnector connector) {
        tx.update(
                        """
                UPDATE connectors SET config = CAST(:config AS jsonb), sealed_secret = :secret
                WHERE tenant_id = :tenant AND id = :id
                """)
                .bind("id", connector.id())
                .bind("config", Json.write(SmtpConfigJson.write(connector.config(), false)))
                .bind("secret", sealed(tx.tenant(), connector))
                .execute();
    }

    static boolean delete(Tx tx, String id) {
        return tx.update("DELETE FROM connectors WHERE tenant_id = :tenant AND id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    private @Nullable String sealed(String tenant, EmailConnector connector) {
        return connector
                .config()
                .login()
                .map(login -> sealer.seal(login.password().reveal(), context(tenant, connector.id())))
                .orElse(null);
    }

    private EmailConnector connector(String tenant, ResultSet rs) throws SQLException {
        String id = rs.getString("id");
        ObjectNode document = (ObjectNode) Json.readStored(rs.getString("config"));
        String sealed = rs.getString("sealed_secret");
        if (sealed != null) {
            SmtpConfigJson.reveal(document, sealer.unseal(sealed, context(tenant, id)));
        }
        return new EmailConnector(
                id, SmtpConfigJson.read(document), rs.getTimestamp("created_at").toInstant());
    }

    private static String context(String tenant, String id) {
        return tenant + "/connectors/" + id;
    }
}
