package dev.ostiary.experience;

import dev.ostiary.audit.AuditLog;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.PasswordHasher;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Changes;
import dev.ostiary.events.Events;
import dev.ostiary.http.Router;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.json.Json;
import dev.ostiary.sessions.Grants;
import dev.ostiary.sessions.Sessions;
import dev.ostiary.sso.ProviderType;
import dev.ostiary.sso.SsoConnectors;
import dev.ostiary.sso.SsoIdentities;
import dev.ostiary.sso.SsoSignIn;
import dev.ostiary.sso.TestConnectors;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.MovableClock;
import dev.ostiary.testing.TestPostgres;
import dev.ostiary.users.BreachedPasswords;
import dev.ostiary.users.NewUser;
import dev.ostiary.users.Passwords;
import dev.ostiary.users.User;
import dev.ostiary.users.Users;
import dev.ostiary.verifications.Lockout;
import dev.ostiary.verifications.PasswordProofs;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rooms of a sign-in by a company's provider, over a database of their own; the provider is played by the test. */
final class SsoHouse implements AutoCloseable {
    static final String TENANT = Tenants.DEFAULT;
    static final String ORIGIN = "http://localhost:3001";

    final MovableClock clock = new MovableClock();
    final Ids ids = Ids.secure();
    final ProviderStandIn provider = new ProviderStandIn();
    final List<SsoLink> links = new ArrayList<>();
    final Database database;
    final Interactions interactions;
    final Users users;
    final Sessions sessions;
    final Grants grants;
    final SignInExperiences settings;
    final Experience experience;
    final TestConnectors connectors;
    final SsoConnectors ssoConnectors;
    final SsoIdentities identities;
    final Router router = new Router();
    private final Passwords passwords;
    private final PasswordHasher hasher = new PasswordHasher(new SecureRandom());
    private final Changes changes;
    private final Events events;
    final List<String> keptTokens = new ArrayList<>();

    SsoHouse() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        database = new Database(new Database.Settings(fresh.jdbcUrl(), fresh.user(), fresh.password(), 6));
        new Tenants(Map.of(TENANT, ORIGIN), 0).seed(database);
        Sealer sealer = Sealer.fromKek(Sealer.newKek());
        changes = new Changes(database);
        changes.start();
        events = new Events(database, new AuditLog(ids, clock));
        users = new Users(database, ids, clock);
        passwords = new Passwords(hasher);
        ssoConnectors = new SsoConnectors(database, changes, ids, sealer, clock);
        identities = new SsoIdentities(database, ids, clock);
        sessions = new Sessions(ids, clock, tx -> Duration.ofDays(14));
        grants = new Grants(ids, clock);
        interactions = new Interactions(database, ids, clock);
        settings = new SignInExperiences(database, changes, users, new CustomUi(database, ids, clock), clock);
        connectors = new TestConnectors(database, ssoConnectors, TENANT);
        experience = new Experience(new Experience.Parts(
                database,
                interactions,
                users,
                settings,
                new PasswordProofs(database, users, passwords, new Lockout(database, clock)),
                passwords,
                BreachedPasswords.bundled(),
                new SsoParts(
                        ssoConnectors,
                        new SsoSignIn(Map.of(ProviderType.OIDC, provider)),
                        identities,
                        (tx, identity, tokens) -> keptTokens.add(identity.identityId() + "="
                                + tokens.accessToken().reveal()),
                        sessions,
                        grants,
                        sealer),
                events,
                ids,
                clock));
        experience.afterSsoLink((tx, link) -> links.add(link));
        new ExperienceRoutes(experience).mount(router.routes().under("/api"));
        Looks looks = new Looks(settings, (tenant, id) -> Optional.empty(), (tenant, id) -> Optional.empty());
        new SignInExperienceRoutes(
                        database, users, passwords, BreachedPasswords.bundled(), settings, looks, ssoConnectors)
                .mountOpen(router.routes().under("/api"));
        change("{\"singleSignOnEnabled\": true}");
    }

    /** Lays settings over those there are. */
    void change(String members) {
        settings.patch(
                TENANT,
                dev.ostiary.json.Shape.of(SignInExperienceJson.Patch.class).read(Json.read(members)));
    }

    SsoVisitor visitor() {
        return new SsoVisitor(this);
    }

    /** An account that an administrator, or a program of his, has made. */
    User user(@Nullable String username, @Nullable String email, @Nullable String password) {
        return write(tx -> users.create(
                tx,
                new NewUser(
                        username,
                        email,
                        null,
                        null,
                        null,
                        Json.object(),
                        Json.object(),
                        password == null ? null : passwords.hash(password))));
    }

    User user(String id) {
        return write(tx -> users.get(tx, id));
    }

    <T> T write(Function<Tx, T> work) {
        return database.write(TENANT, work::apply);
    }

    <T> T one(String sql, Class<T> type) {
        return database.read(TENANT, tx -> tx.query(sql).mapTo(type).one());
    }

    void run(String sql) {
        database.run(TENANT, tx -> tx.update(sql).execute());
    }

    @Override
    public void close() {
        changes.close();
        events.close();
        hasher.close();
        database.close();
    }
}
