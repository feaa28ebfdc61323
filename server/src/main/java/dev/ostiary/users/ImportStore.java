package dev.ostiary.users;

import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** SQL of the import: any number of users by one statement. */
final class ImportStore {
    private static final HotSql INSERT = HotSql.of(
            """
            INSERT INTO users AS u (tenant_id, id, username, primary_email, primary_phone, name, avatar, profile,
                custom_data, identities, password_digest, password_algorithm, password_updated_at, is_suspended,
                last_sign_in_at, created_at, updated_at)
            SELECT :tenant, t.id, t.username, t.email, t.phone, t.name, t.avatar, t.profile::jsonb,
                t.custom_data::jsonb, t.identities::jsonb, t.digest, t.algorithm,
                CASE WHEN t.digest IS NOT NULL THEN :now END, t.suspended::boolean, t.seen::timestamptz,
                coalesce(t.created::timestamptz, :now), :now
            FROM unnest(:id::text[], :username::text[], :email::text[], :phone::text[], :name::text[],
                    :avatar::text[], :profile::text[], :customData::text[], :identities::text[], :digest::text[],
                    :algorithm::text[], :suspended::text[], :seen::text[], :created::text[])
                AS t (id, username, email, phone, name, avatar, profile, custom_data, identities, digest, algorithm,
                    suspended, seen, created)
            ON CONFLICT DO NOTHING RETURNING
            """
                    + UserStore.COLUMNS);

    private static final HotSql TAKEN = HotSql.of(
            """
            SELECT CASE
                WHEN EXISTS (SELECT FROM users WHERE tenant_id = :tenant AND id = :id) THEN 'id'
                WHEN EXISTS (SELECT FROM users WHERE tenant_id = :tenant AND username = :username) THEN 'username'
                WHEN EXISTS (SELECT FROM users WHERE tenant_id = :tenant AND primary_email_folded = lower(:email))
                    THEN 'email'
                WHEN EXISTS (SELECT FROM users WHERE tenant_id = :tenant AND primary_phone = :phone) THEN 'phone'
                ELSE '' END
            """);

    private ImportStore() {}

    /** A user with the id that they will have. */
    record Row(String id, ImportedUser imported) {}

    /** Those who could be stored; the others have something that belongs to somebody else already. */
    static List<User> insert(Tx tx, List<Row> rows, Instant now) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("now", now);
        columns.put("id", column(rows, Row::id));
        columns.put("username", column(rows, row -> row.imported.user().username()));
        columns.put("email", column(rows, row -> row.imported.user().primaryEmail()));
        columns.put("phone", column(rows, row -> row.imported.user().primaryPhone()));
        columns.put("name", column(rows, row -> row.imported.user().name()));
        columns.put("avatar", column(rows, row -> row.imported.user().avatar()));
        columns.put(
                "profile", column(rows, row -> Json.write(row.imported.user().profile())));
        columns.put(
                "customData", column(rows, row -> Json.write(row.imported.user().customData())));
        columns.put("identities", column(rows, row -> Json.write(row.imported.identities())));
        columns.put(
                "digest", column(rows, row -> password(row).map(p -> p.value()).orElse(null)));
        columns.put(
                "algorithm",
                column(rows, row -> password(row).map(p -> p.algorithm()).orElse(null)));
        columns.put("suspended", column(rows, row -> String.valueOf(row.imported.isSuspended())));
        columns.put("seen", column(rows, row -> text(row.imported.lastSignInAt())));
        columns.put("created", column(rows, row -> text(row.imported.createdAt())));
        return INSERT.list(tx, columns, UserStore::user);
    }

    /** Which of the names of a user who was not stored another one has. */
    static String taken(Tx tx, Row row) {
        Map<String, @Nullable Object> names = new HashMap<>();
        names.put("id", row.id);
        names.put("username", row.imported.user().username());
        names.put("email", row.imported.user().primaryEmail());
        names.put("phone", row.imported.user().primaryPhone());
        return TAKEN.findOne(tx, names, found -> found.getString(1)).orElse("");
    }

    private static Optional<dev.ostiary.crypto.PasswordDigest> password(Row row) {
        return Optional.ofNullable(row.imported.user().password());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static String[] column(List<Row> rows, Function<Row, @Nullable String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }
}
