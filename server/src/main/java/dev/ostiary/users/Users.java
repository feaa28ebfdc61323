package dev.ostiary.users;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.PasswordDigest;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The door of this room: users of the transaction's tenant. */
public final class Users {
    /**
     * The columns of table {@code users}, named {@code u} in the statement: for a room that finds something and its user
     * by one statement.
     */
    public static final String COLUMNS = UserStore.COLUMNS;

    /** Columns of table {@code user_search}, named {@code s} in the statement, by the field of the wire. */
    public static final Map<String, String> SEARCHABLE = Collections.unmodifiableMap(UserFilter.FIELDS);

    private final Ids ids;
    private final Clock clock;
    private final List<BiConsumer<Tx, List<User>>> onCreate = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<Tx, String>> onSignOut = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<Tx, String>> beforeLeaving = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<Tx, String>> onDelete = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<Tx, String>> onPasswordChange = new CopyOnWriteArrayList<>();

    public Users(Database database, Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
        database.onViolation("users_username", UserError.USERNAME_ALREADY_IN_USE);
        database.onViolation("users_primary_email", UserError.EMAIL_ALREADY_IN_USE);
        database.onViolation("users_primary_phone", UserError.PHONE_ALREADY_IN_USE);
        database.onViolation("user_identities_account", UserError.IDENTITY_ALREADY_IN_USE);
    }

    /** Called in the transaction that creates users, with them: default roles, … */
    public void onCreate(BiConsumer<Tx, List<User>> listener) {
        onCreate.add(listener);
    }

    /** Called in the transaction that suspends a user or signs them out, with the id: their sessions and tokens end. */
    public void onSignOut(BiConsumer<Tx, String> listener) {
        onSignOut.add(listener);
    }

    /** Called in the transaction that is about to suspend or delete a user, with the id; what it throws forbids it. */
    public void beforeLeaving(BiConsumer<Tx, String> guard) {
        beforeLeaving.add(guard);
    }

    /** Called in the transaction that deletes a user, with the id, while the rows that hang on it are still there. */
    public void onDelete(BiConsumer<Tx, String> listener) {
        onDelete.add(listener);
    }

    /** Called in the transaction that sets a new password or takes it away, with the user's id; not when only the digest is renewed. */
    public void onPasswordChange(BiConsumer<Tx, String> listener) {
        onPasswordChange.add(listener);
    }

    public Optional<User> find(Tx tx, String id) {
        return isId(id) ? UserStore.find(tx, id) : Optional.empty();
    }

    /** The user in a row that has {@link #COLUMNS}. */
    public static User read(ResultSet row) throws SQLException {
        return UserStore.user(row);
    }

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    public User get(Tx tx, String id) {
        return find(tx, id).orElseThrow(() -> unknown(id));
    }

    /** @param caseSensitive whether {@code John} and {@code john} are two users; if not, the older one is found */
    public Optional<User> findByUsername(Tx tx, String username, boolean caseSensitive) {
        return caseSensitive
                ? UserStore.findByUsername(tx, username)
                : UserStore.findByUsernameIgnoringCase(tx, username);
    }

    /** Whose names would be one if case did not count. */
    public UsernameConflicts usernameConflicts(Tx tx, int limit) {
        return UserStore.usernameConflicts(tx, limit);
    }

    /** Without regard to case. */
    public Optional<User> findByEmail(Tx tx, String email) {
        return UserStore.findByEmail(tx, email);
    }

    /** @param phone digits only */
    public Optional<User> findByPhone(Tx tx, String phone) {
        return UserStore.findByPhone(tx, phone);
    }

    /** @throws AppException 422 {@code user.username_already_in_use} and the like */
    public User create(Tx tx, NewUser user) {
        User created = UserStore.insert(tx, ids.brief(), user, clock.instant());
        created(tx, List.of(created));
        return created;
    }

    /** They have just been stored. */
    void created(Tx tx, List<User> created) {
        if (!created.isEmpty()) {
            onCreate.forEach(listener -> listener.accept(tx, created));
        }
    }

    /** @throws AppException 422 {@code user.username_already_in_use} and the like, 404 for an unknown id */
    public void fill(Tx tx, String id, ProfileChange change) {
        if (change.isEmpty()) {
            get(tx, id);
        } else {
            require(id, UserStore.update(tx, known(id), UserUpdate.merging(change), clock.instant()));
        }
    }

    /** Replaces the password; an expired one is no longer. */
    public User setPassword(Tx tx, String id, PasswordDigest password) {
        User user =
                UserStore.setPassword(tx, known(id), password, clock.instant()).orElseThrow(() -> unknown(id));
        onPasswordChange.forEach(listener -> listener.accept(tx, id));
        return user;
    }

    /**
     * Takes away every way in that is the account's own: password, second factors, accounts at social providers. What
     * they have opened is for the caller to end.
     */
    public void forgetCredentials(Tx tx, String id) {
        User user = UserStore.forgetCredentials(tx, known(id), clock.instant()).orElseThrow(() -> unknown(id));
        onPasswordChange.forEach(listener -> listener.accept(tx, user.id()));
    }

    /** Stores the same password in a stronger form, unless it was changed meanwhile. */
    public void strengthenPassword(Tx tx, User user, PasswordDigest stronger) {
        PasswordDigest old = user.password();
        if (old != null) {
            UserStore.replaceDigest(tx, user.id(), old, stronger);
        }
    }

    public void signedIn(Tx tx, String id, Instant at) {
        UserCountStore.signedIn(tx, id, at);
    }

    /** Remembers through which application the user registered. */
    public void stampApplication(Tx tx, String id, String clientId) {
        UserStore.stampApplication(tx, id, clientId);
    }

    /** Sets keys of the user's own settings within their groups {@code mfa}, {@code passkeySignIn}, … */
    public User configure(Tx tx, String id, ObjectNode keys) {
        return UserStore.mergeConfig(tx, known(id), keys, clock.instant()).orElseThrow(() -> unknown(id));
    }

    /** Suspends or readmits. A suspended user keeps nothing that lets them in: listeners end sessions and tokens. */
    public User suspend(Tx tx, String id, boolean suspended) {
        if (suspended) {
            beforeLeaving.forEach(guard -> guard.accept(tx, known(id)));
        }
        User user = UserStore.suspend(tx, known(id), suspended, clock.instant()).orElseThrow(() -> unknown(id));
        if (suspended) {
            signOut(tx, id);
        }
        return user;
    }

    /** Ends what the user has opened anywhere: who had their password, or is not to be let in any more, is out (SE2). */
    void signOut(Tx tx, String id) {
        onSignOut.forEach(listener -> listener.accept(tx, id));
    }

    /** The user, whom nobody else changes until the transaction ends. */
    public User lock(Tx tx, String id) {
        return UserStore.lock(tx, known(id)).orElseThrow(() -> unknown(id));
    }

    /**
     * Replaces the second factors of a user who was locked by {@link #lock}.
     *
     * @param factors as stored
     */
    public void replaceFactors(Tx tx, String id, ArrayNode factors) {
        UserStore.replaceFactors(tx, id, factors, clock.instant());
    }

    /** @throws AppException 422 {@code user.identity_already_in_use} if the account at the provider is another user's */
    User linkIdentity(Tx tx, String id, String target, ObjectNode identity) {
        return IdentityStore.link(tx, known(id), target, identity, clock.instant())
                .orElseThrow(() -> unknown(id));
    }

    /** Empty if the user has none of that target. */
    Optional<User> unlinkIdentity(Tx tx, String id, String target) {
        return IdentityStore.unlink(tx, known(id), target, clock.instant());
    }

    /** How many users the tenant has. */
    public long count(Tx tx) {
        return UserCountStore.count(tx);
    }

    /**
     * Folds the ledgers of user counts: many small differences become one row a tenant, or one a day. The sums never
     * change; a job of one node runs it every minute, several at once do no harm.
     */
    public static void foldCounts(Tx tx) {
        UserCountStore.foldCounts(tx);
        UserCountStore.foldDays(tx);
    }

    User replace(Tx tx, String id, UserUpdate update) {
        return update.isEmpty()
                ? get(tx, id)
                : UserStore.update(tx, known(id), update, clock.instant()).orElseThrow(() -> unknown(id));
    }

    User expirePassword(Tx tx, String id, boolean expired) {
        return UserStore.expirePassword(tx, known(id), expired, clock.instant()).orElseThrow(() -> unknown(id));
    }

    /** Sessions, grants, tokens and roles of the user go along, by foreign keys. */
    void delete(Tx tx, String id) {
        if (isId(id)) {
            beforeLeaving.forEach(guard -> guard.accept(tx, id));
            onDelete.forEach(listener -> listener.accept(tx, id));
        }
        if (!isId(id) || !UserStore.delete(tx, id)) {
            throw CommonError.ENTITY_NOT_FOUND.exception();
        }
    }

    private static String known(String id) {
        if (!isId(id)) {
            throw unknown(id);
        }
        return id;
    }

    /** What the column cannot hold is nobody's id; PostgreSQL would refuse the statement (U+0000). */
    private static boolean isId(String id) {
        return id.length() <= 12 && id.indexOf('\0') < 0;
    }

    private static void require(String id, Optional<User> changed) {
        if (changed.isEmpty()) {
            throw unknown(id);
        }
    }

    private static AppException unknown(String id) {
        return new AppException(CommonError.ENTITY_NOT_EXISTS_WITH_ID, null, null, Map.of("name", "users", "id", id));
    }
}
