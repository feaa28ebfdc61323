package dev.ostiary.applications;

import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Rows of {@code application_sign_in_experiences}. */
final class ApplicationLookStore {
    private static final String SELECT =
            """
            SELECT color, branding, custom_css, terms_of_use_url, privacy_policy_url, display_name
            FROM application_sign_in_experiences WHERE tenant_id = :tenant AND application_id = :id
            """;

    private ApplicationLookStore() {}

    static Optional<ApplicationLook> find(Tx tx, String id) {
        return tx.query(SELECT).bind("id", id).map((rs, ctx) -> look(rs)).findOne();
    }

    /** Locks the row until the transaction ends. */
    static ApplicationLook lock(Tx tx, String id) {
        return tx.query(SELECT + " FOR UPDATE")
                .bind("id", id)
                .map((rs, ctx) -> look(rs))
                .one();
    }

    static boolean insertIfAbsent(Tx tx, String id) {
        return tx.update(
                                """
                        INSERT INTO application_sign_in_experiences (tenant_id, application_id) VALUES (:tenant, :id)
                        ON CONFLICT DO NOTHING
                        """)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    static void update(Tx tx, String id, ApplicationLook look) {
        tx.update(
                        """
                UPDATE application_sign_in_experiences SET color = :color::jsonb, branding = :branding::jsonb,
                    custom_css = :css, terms_of_use_url = :terms, privacy_policy_url = :privacy, display_name = :name
                WHERE tenant_id = :tenant AND application_id = :id
                """)
                .bind("id", id)
                .bind("color", Json.write(look.color()))
                .bind("branding", Json.write(look.branding()))
                .bind("css", look.customCss())
                .bind("terms", look.termsOfUseUrl())
                .bind("privacy", look.privacyPolicyUrl())
                .bind("name", look.displayName())
                .execute();
    }

    private static ApplicationLook look(ResultSet rs) throws SQLException {
        return new ApplicationLook(
                (ObjectNode) Json.readStored(rs.getString("color")),
                (ObjectNode) Json.readStored(rs.getString("branding")),
                rs.getString("custom_css"),
                rs.getString("terms_of_use_url"),
                rs.getString("privacy_policy_url"),
                rs.getString("display_name"));
    }
}
