package dev.ostiary.scripts;

import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Rows of {@code jwt_customizers}. */
final class JwtCustomizerStore {
    private static final String SELECT =
            """
            SELECT script, environment_variables, context_sample, token_sample, block_issuance_on_error
            FROM jwt_customizers WHERE tenant_id = :tenant AND key = :key
            """;

    private final Sealer sealer;

    JwtCustomizerStore(Sealer sealer) {
        this.sealer = sealer;
    }

    Optional<JwtCustomizer> find(Tx tx, CustomizedToken token) {
        return find(tx, token, SELECT);
    }

    /** Nobody else changes it until the transaction ends. */
    Optional<JwtCustomizer> lock(Tx tx, CustomizedToken token) {
        return find(tx, token, SELECT + " FOR UPDATE");
    }

    private Optional<JwtCustomizer> find(Tx tx, CustomizedToken token, String sql) {
        return tx.query(sql)
                .bind("key", token.key())
                .map((rs, ctx) -> read(tx.tenant(), token, rs))
                .findOne();
    }

    /** @return whether there was none before */
    boolean put(Tx tx, JwtCustomizer customizer) {
        return tx.query(
                        """
                INSERT INTO jwt_customizers (tenant_id, key, script, environment_variables, context_sample, token_sample,
                    block_issuance_on_error)
                VALUES (:tenant, :key, :script, :variables, CAST(:context AS jsonb), CAST(:token AS jsonb), :blocks)
                ON CONFLICT (tenant_id, key) DO UPDATE SET script = excluded.script,
                    environment_variables = excluded.environment_variables, context_sample = excluded.context_sample,
                    token_sample = excluded.token_sample, block_issuance_on_error = excluded.block_issuance_on_error
                RETURNING xmax = 0
                """)
                .bind("key", customizer.token().key())
                .bind("script", customizer.script())
                .bind("variables", sealed(tx.tenant(), customizer))
                .bind("context", customizer.contextSample().map(Json::write).orElse(null))
                .bind("token", customizer.tokenSample().map(Json::write).orElse(null))
                .bind("blocks", customizer.blockIssuanceOnError().orElse(null))
                .mapTo(Boolean.class)
                .one();
    }

    static boolean delete(Tx tx, CustomizedToken token) {
        return tx.update("DELETE FROM jwt_customizers WHERE tenant_id = :tenant AND key = :key")
                        .bind("key", token.key())
                        .execute()
                == 1;
    }

    private @Nullable String sealed(String tenant, JwtCustomizer customizer) {
        return customizer
                .environmentVariables()
                .map(variables -> sealer.seal(Json.write(variables), context(tenant, customizer.token())))
                .orElse(null);
    }

    private JwtCustomizer read(String tenant, CustomizedToken token, ResultSet rs) throws SQLException {
        String sealed = rs.getString("environment_variables");
        boolean blocks = rs.getBoolean("block_issuance_on_error");
        Optional<Boolean> blocksOnError = rs.wasNull() ? Optional.empty() : Optional.of(blocks);
        return new JwtCustomizer(
                token,
                rs.getString("script"),
                sealed == null
                        ? Optional.empty()
                        : Optional.of(variables(sealer.unseal(sealed, context(tenant, token)))),
                document(rs.getString("context_sample")),
                document(rs.getString("token_sample")),
                blocksOnError);
    }

    private static Map<String, String> variables(String json) {
        Map<String, String> variables = new LinkedHashMap<>();
        Json.readStored(json)
                .properties()
                .forEach(one -> variables.put(one.getKey(), one.getValue().asString()));
        return variables;
    }

    private static Optional<ObjectNode> document(@Nullable String json) {
        return json == null ? Optional.empty() : Optional.of((ObjectNode) Json.readStored(json));
    }

    private static String context(String tenant, CustomizedToken token) {
        return tenant + "/jwt_customizers/" + token.key();
    }
}
