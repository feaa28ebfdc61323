package dev.ostiary.users;

import dev.ostiary.crypto.PasswordDigest;
import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import dev.ostiary.json.Field;
import dev.ostiary.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** SQL of {@code users} and {@code user_counts}. */
final class UserStore {
    static final String COLUMNS =
            """
            u.id, u.username, u.primary_email, u.primary_phone, u.name, u.avatar, u.profile, u.custom_data,
            u.identities, u.logto_config, u.mfa_verifications, u.password_digest, u.password_algorithm,
            u.password_updated_at, u.is_password_expired, u.application_id, u.is_suspended, u.last_sign_in_at,
            u.created_at, u.updated_at
            """;

    private static final HotSql FIND = select("u.id = :value");
    private static final HotSql FIND_BY_USERNAME = select("u.username = :value");
    private static final HotSql FIND_BY_FOLDED_USERNAME =
            select("u.username_folded = lower(:value) ORDER BY u.created_at, u.id LIMIT 1");
    private static final HotSql FIND_BY_EMAIL = select("u.primary_email_folded = lower(:value)");
    private static final HotSql FIND_BY_PHONE = select("u.primary_phone = :value");

    private UserStore() {}

    static Optional<User> find(Tx tx, String id) {
        return one(tx, FIND, id);
    }

    static Optional<User> findByUsername(Tx tx, String username) {
        return one(tx, FIND_BY_USERNAME, username);
    }

    static Optional<User> findByUsernameIgnoringCase(Tx tx, String username) {
        return one(tx, FIND_BY_FOLDED_USERNAME, username);
    }

    static Optional<User> findByEmail(Tx tx, String email) {
        return one(tx, FIND_BY_EMAIL, email);
    }

    static Optional<User> findByPhone(Tx tx, String phone) {
        return one(tx, FIND_BY_PHONE, phone);
    }

    static UsernameConflicts usernameConflicts(Tx tx, int limit) {
        AtomicLong total = new AtomicLong();
        List<UsernameConflicts.Sample> samples = tx.query(
                        """
                SELECT username_folded, array_agg(id ORDER BY created_at, id) AS ids, count(*) OVER () AS total
                FROM users WHERE tenant_id = :tenant AND username IS NOT NULL
                GROUP BY username_folded HAVING count(*) > 1
                ORDER BY username_folded LIMIT :limit
                """)
                .bind("limit", limit)
                .map((rs, ctx) -> {
                    total.set(rs.getLong("total"));
                    String[] ids = (String[]) rs.getArray("ids").getArray();
                    return new UsernameConflicts.Sample(
                            rs.getString("username_folded"),
                            Arrays.stream(ids).limit(10).toList());
                })
                .list();
        return new UsernameConflicts(total.get(), samples);
    }

    static User insert(Tx tx, String id, NewUser user, Instant now) {
        PasswordDigest password = user.password();
        return tx.query("INSERT INTO users AS u (tenant_id, id, username, primary_email, primary_phone, name, avatar,"
                        + " profile, custom_data, password_digest, password_algorithm, password_updated_at,"
                        + " created_at, updated_at)"
                        + " VALUES (:tenant, :id, :username, :email, :phone, :name, :avatar, :profile::jsonb,"
                        + " :customData::jsonb, :digest, :algorithm, :passwordUpdatedAt, :now, :now) RETURNING "
                        + COLUMNS)
                .bind("id", id)
                .bind("username", user.username())
                .bind("email", user.primaryEmail())
                .bind("phone", user.primaryPhone())
                .bind("name", user.name())
                .bind("avatar", user.avatar())
                .bind("profile", Json.write(user.profile()))
                .bind("customData", Json.write(user.customData()))
                .bind("digest", password == null ? null : password.value())
                .bind("algorithm", password == null ? null : password.algorithm())
                .bind("passwordUpdatedAt", password == null ? null : now)
                .bind("now", now)
                .map((rs, ctx) -> user(rs))
                .one();
    }

    static Optional<User> update(Tx tx, String id, UserUpdate update, Instant now) {
        String sql =
                """
                UPDATE users AS u SET
                    username = CASE WHEN :setUsername THEN :username ELSE u.username END,
                    primary_email = CASE WHEN :setEmail THEN :email ELSE u.primary_email END,
                    primary_phone = CASE WHEN :setPhone THEN :phone ELSE u.primary_phone END,
                    name = CASE WHEN :setName THEN :name ELSE u.name END,
                    avatar = CASE WHEN :setAvatar THEN :avatar ELSE u.avatar END,
                    profile = CASE WHEN :merge THEN u.profile || coalesce(:profile::jsonb, '{}')
                        ELSE coalesce(:profile::jsonb, u.profile) END,
                    custom_data = CASE WHEN :merge THEN u.custom_data || coalesce(:customData::jsonb, '{}')
                        ELSE coalesce(:customData::jsonb, u.custom_data) END,
                    updated_at = :now
                WHERE u.tenant_id = :tenant AND u.id = :id RETURNING
                """
                        + COLUMNS;
        Query query = tx.query(sql)
                .bind("id", id)
                .bind("profile", json(update.profile()))
                .bind("customData", json(update.customData()))
                .bind("merge", update.merge())
                .bind("now", now);
        bind(query, "setUsername", "username", update.username());
        bind(query, "setEmail", "email", update.primaryEmail());
        bind(query, "setPhone", "phone", update.primaryPhone());
        bind(query, "setName", "name", update.name());
        bind(query, "setAvatar", "avatar", update.avatar());
        return one(query);
    }

    static Optional<User> setPassword(Tx tx, String id, PasswordDigest password, Instant now) {
        return change(
                tx,
                id,
                "password_digest = :digest, password_algorithm = :algorithm, password_updated_at = :now,"
                        + " is_password_expired = false, updated_at = :now",
                query -> query.bind("digest", password.value())
                        .bind("algorithm", password.algorithm())
                        .bind("now", now));
    }

    static Optional<User> forgetCredentials(Tx tx, String id, Instant now) {
        return change(
                tx,
                id,
                "password_digest = NULL, password_algorithm = NULL, password_updated_at = NULL,"
                        + " is_password_expired = false, identities = '{}', mfa_verifications = '[]', updated_at = :now",
                query -> query.bind("now", now));
    }

    static void replaceDigest(Tx tx, String id, PasswordDigest old, PasswordDigest stronger) {
        tx.update("UPDATE users SET password_digest = :digest, password_algorithm = :algorithm"
                        + " WHERE tenant_id = :tenant AND id = :id AND password_digest = :old")
                .bind("id", id)
                .bind("old", old.value())
                .bind("digest", stronger.value())
                .bind("algorithm", stronger.algorithm())
                .execute();
    }

    static Optional<User> expirePassword(Tx tx, String id, boolean expired, Instant now) {
        return change(
                tx, id, "is_password_expired = :expired, updated_at = :now", query -> query.bind("expired", expired)
                        .bind("now", now));
    }

    static Optional<User> suspend(Tx tx, String id, boolean suspended, Instant now) {
        return change(
                tx, id, "is_suspended = :suspended, updated_at = :now", query -> query.bind("suspended", suspended)
                        .bind("now", now));
    }

    static Optional<User> mergeConfig(Tx tx, String id, ObjectNode keys, Instant now) {
        String merge =
                """
                logto_config = u.logto_config || (
                    SELECT coalesce(jsonb_object_agg(key, coalesce(u.logto_config -> key, '{}') || value), '{}')
                    FROM jsonb_each(:keys::jsonb)), updated_at = :now
                """;
        return change(
                tx, id, merge, query -> query.bind("keys", Json.write(keys)).bind("now", now));
    }

    static Optional<User> lock(Tx tx, String id) {
        return one(
                tx.query("SELECT " + COLUMNS + " FROM users AS u WHERE u.tenant_id = :tenant AND u.id = :id FOR UPDATE")
                        .bind("id", id));
    }

    static void replaceFactors(Tx tx, String id, ArrayNode factors, Instant now) {
        tx.update("UPDATE users SET mfa_verifications = :factors::jsonb, updated_at = :now"
                        + " WHERE tenant_id = :tenant AND id = :id")
                .bind("id", id)
                .bind("factors", Json.write(factors))
                .bind("now", now)
                .execute();
    }

    static void stampApplication(Tx tx, String id, String applicationId) {
        tx.update("UPDATE users SET application_id = :application WHERE tenant_id = :tenant AND id = :id")
                .bind("id", id)
                .bind("application", applicationId)
                .execute();
    }

    static boolean delete(Tx tx, String id) {
        return tx.update("DELETE FROM users WHERE tenant_id = :tenant AND id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    private static HotSql select(String condition) {
        return HotSql.of("SELECT " + COLUMNS + " FROM users AS u WHERE u.tenant_id = :tenant AND " + condition);
    }

    private static Optional<User> one(Tx tx, HotSql select, String value) {
        return select.findOne(tx, Map.of("value", value), UserStore::user);
    }

    static Optional<User> change(Tx tx, String id, String assignments, java.util.function.UnaryOperator<Query> binds) {
        Query query = tx.query("UPDATE users AS u SET " + assignments
                        + " WHERE u.tenant_id = :tenant AND u.id = :id RETURNING " + COLUMNS)
                .bind("id", id);
        return one(binds.apply(query));
    }

    static Optional<User> one(Query query) {
        return query.map((rs, ctx) -> user(rs)).findOne();
    }

    private static void bind(Query query, String flag, String name, Field<String> field) {
        query.bind(flag, field.isPresent()).bind(name, field.orElse(null));
    }

    private static @Nullable String json(@Nullable ObjectNode document) {
        return document == null ? null : Json.write(document);
    }

    static User user(ResultSet rs) throws SQLException {
        String digest = rs.getString("password_digest");
        return new User(
                rs.getString("id"),
                rs.getString("username"),
                rs.getString("primary_email"),
                rs.getString("primary_phone"),
                rs.getString("name"),
                rs.getString("avatar"),
                object(rs.getString("profile")),
                object(rs.getString("custom_data")),
                object(rs.getString("identities")),
                object(rs.getString("logto_config")),
                (ArrayNode) Json.readStored(rs.getString("mfa_verifications")),
                digest == null ? null : new PasswordDigest(digest, rs.getString("password_algorithm")),
                instant(rs, "password_updated_at"),
                rs.getBoolean("is_password_expired"),
                rs.getString("application_id"),
                rs.getBoolean("is_suspended"),
                instant(rs, "last_sign_in_at"),
                rs.getObject("created_at", OffsetDateTime.class).toInstant(),
                rs.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    /** Most documents of most users are empty: those need no parser. */
    private static ObjectNode object(String json) {
        return json.equals("{}") ? Json.object() : (ObjectNode) Json.readStored(json);
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime time = rs.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
