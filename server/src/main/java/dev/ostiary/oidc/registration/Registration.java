package dev.ostiary.oidc.registration;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.Applications;
import dev.ostiary.applications.ConsentScopes;
import dev.ostiary.applications.Dpop;
import dev.ostiary.applications.RegisteredApplications;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.ConstantTime;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Request;
import dev.ostiary.json.Json;
import dev.ostiary.keys.Keys;
import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundException;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.Scopes;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The door to clients that register themselves. */
public final class Registration {
    private static final Duration WINDOW = Duration.ofHours(1);

    private final Database database;
    private final Changes changes;
    private final Applications applications;
    private final RegisteredApplications registered;
    private final Keys keys;
    private final Outbound outbound;
    private final Events events;
    private final Ids ids;
    private final Clock clock;
    private final ChangeCache<RegistrationSettings> cache;

    public Registration(
            Database database,
            Changes changes,
            Applications applications,
            RegisteredApplications registered,
            Keys keys,
            Outbound outbound,
            Events events,
            Ids ids,
            Clock clock) {
        this.database = database;
        this.changes = changes;
        this.applications = applications;
        this.registered = registered;
        this.keys = keys;
        this.outbound = outbound;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.cache = new ChangeCache<>(changes, RegistrationSettings.KEY, 10_000);
    }

    /** Whether clients may register themselves at the tenant. */
    public boolean isOn(String tenant) {
        return settings(tenant).enabled();
    }

    RegistrationSettings settings(String tenant) {
        return cache.get(tenant, "", () -> Optional.of(database.read(tenant, RegistrationSettings::read)))
                .orElse(RegistrationSettings.DEFAULTS);
    }

    RegistrationSettings change(Tx tx, RegistrationSettings.Patch patch) {
        RegistrationSettings changed = patch.over(RegistrationSettings.lock(tx));
        dev.ostiary.tenants.TenantSettings.put(tx, RegistrationSettings.KEY, changed);
        changes.announce(tx, RegistrationSettings.KEY, "");
        return changed;
    }

    /**
     * A registration as it is now.
     *
     * @param redirectHosts to which its addresses are narrowed, see {@link RegisteredClient}
     * @param secret in clear text, for a client that has one
     * @param token the registration access token, in clear text
     */
    record Registered(
            Application application,
            ObjectNode extras,
            Optional<List<String>> redirectHosts,
            ConsentScopes scopes,
            @Nullable String secret,
            @Nullable Instant secretExpiresAt,
            String token,
            Instant createdAt,
            @Nullable String termsOfUse,
            @Nullable String privacyPolicy) {}

    /** How often an address has asked within the hour is counted whether or not it is let in. */
    void admit(Request request, RegistrationSettings settings) {
        Instant now = clock.instant();
        int attempt = database.write(
                request.tenant(),
                tx -> RegistrationStore.attempt(tx, Addresses.network(request.clientIp()), now, now.plus(WINDOW)));
        if (attempt > settings.attemptsPerHour()) {
            throw OAuthError.TEMPORARILY_UNAVAILABLE.because(429, "too many registrations from this address");
        }
    }

    /** @param presented an initial access token; null if there is none */
    Registered register(Request request, @Nullable String presented, ObjectNode document) {
        String tenant = request.tenant();
        RegistrationSettings settings = settings(tenant);
        Optional<InitialAccessToken> initial = presented == null
                ? Optional.empty()
                : database.read(
                        tenant, tx -> InitialAccessTokenStore.find(tx, Hashes.sha256(presented), clock.instant()));
        if (initial.isEmpty() && (settings.requiresInitialAccessToken() || presented != null)) {
            throw unauthorized();
        }
        RegistrationSettings narrowed = initial.map(token -> settings.narrowed(token.types(), token.redirectHosts()))
                .orElse(settings);
        ClientMetadata metadata = ClientMetadata.read(document, narrowed, keys.algorithms(tenant));
        checkFetched(metadata);
        return told(() -> database.write(tenant, tx -> register(tx, request, initial, metadata)));
    }

    private Registered register(Tx tx, Request request, Optional<InitialAccessToken> initial, ClientMetadata metadata) {
        // Holds up other registrations of the tenant, so that the limit is one.
        RegistrationSettings settings = RegistrationSettings.lock(tx);
        if (!settings.enabled()) {
            throw off();
        }
        if (RegistrationStore.count(tx) >= settings.maxClients()) {
            throw OAuthError.ACCESS_DENIED.because(403, "no more clients may register here");
        }
        Instant now = Instant.ofEpochMilli(clock.millis());
        if (initial.isPresent()
                && !InitialAccessTokenStore.spend(tx, initial.get().id(), now)) {
            throw unauthorized();
        }
        Application application = registered.create(tx, metadata.application());
        String id = application.id();
        registered.describe(tx, id, metadata.termsOfUse(), metadata.privacyPolicy());
        ConsentScopes scopes = registered.allow(tx, id, name -> metadata.scope()
                .map(wanted -> wanted.contains(name))
                .orElse(true));
        String token = ids.token();
        RegisteredClient client = new RegisteredClient(
                id, Hashes.sha256(token), metadata.extras(), initial.flatMap(InitialAccessToken::redirectHosts), now);
        RegistrationStore.insert(tx, client, initial.map(InitialAccessToken::id).orElse(null));
        events.publish(
                tx,
                Event.of("Registration.Create")
                        .application(id)
                        .with("clientName", application.name())
                        .with("redirectUris", application.oidcClientMetadata().redirectUris())
                        .with(
                                "initialAccess",
                                initial.map(InitialAccessToken::name).orElse(null))
                        .from(request));
        return whole(tx, application, client, scopes, token);
    }

    /** @throws OAuthException 401 {@code invalid_token}, also for a client that does not exist */
    Registered read(Request request, String id, @Nullable String presented) {
        return database.read(request.tenant(), tx -> {
            RegisteredClient client = authenticate(tx, id, presented);
            Application application = applications.get(tx, id);
            return whole(tx, application, client, registered.scopes(tx, id), String.valueOf(presented));
        });
    }

    /**
     * Replaces what the client says of itself. What it may ask users for, and what an administrator has set, stays. The
     * token is another one afterwards.
     */
    Registered update(Request request, String id, @Nullable String presented, ObjectNode document) {
        String tenant = request.tenant();
        Registered before = read(request, id, presented);
        checkOwn(document, id, before);
        RegistrationSettings narrowed = settings(tenant).narrowed(Optional.empty(), before.redirectHosts());
        ClientMetadata metadata = ClientMetadata.read(document, narrowed, keys.algorithms(tenant));
        if (metadata.type() != before.application().type()) {
            throw MetadataDocument.refused("what kind of client it is cannot be changed; register another one");
        }
        checkFetched(metadata);
        return told(() -> database.write(tenant, tx -> {
            Application old = applications.lock(tx, id);
            RegisteredClient client = authenticate(tx, id, presented);
            String token = ids.token();
            byte[] hash = Hashes.sha256(token);
            if (!RegistrationStore.replace(tx, id, client.tokenHash(), hash, metadata.extras())) {
                throw unauthorized();
            }
            Application changed = registered.change(tx, id, patch(old, metadata));
            registered.describe(tx, id, metadata.termsOfUse(), metadata.privacyPolicy());
            events.publish(
                    tx,
                    Event.of("Registration.Update")
                            .application(id)
                            .with("redirectUris", changed.oidcClientMetadata().redirectUris())
                            .from(request));
            RegisteredClient now =
                    new RegisteredClient(id, hash, metadata.extras(), client.redirectHosts(), client.createdAt());
            return whole(tx, changed, now, registered.scopes(tx, id), token);
        }));
    }

    void delete(Request request, String id, @Nullable String presented) {
        database.run(request.tenant(), tx -> {
            authenticate(tx, id, presented);
            registered.delete(tx, id);
            events.publish(tx, Event.of("Registration.Delete").application(id).from(request));
        });
    }

    private static ObjectNode patch(Application old, ClientMetadata metadata) {
        ObjectNode patch = metadata.application();
        ObjectNode custom = (ObjectNode) Json.tree(old.customClientMetadata());
        // Left out, or told as it is: an administrator may have bound its tokens, or want its requests pushed, which
        // nobody
        // else undoes in passing.
        boolean unbinds = metadata.bindsTokens().filter(binds -> !binds).isPresent();
        if (unbinds
                && old.customClientMetadata()
                        .dpop()
                        .filter(Dpop.REQUIRED::equals)
                        .isPresent()) {
            custom.remove("dpop");
        }
        ObjectNode oidc = (ObjectNode) patch.path("oidcClientMetadata");
        if (!oidc.has(ClientMetadata.MUST_PUSH)) {
            old.oidcClientMetadata()
                    .requirePushedAuthorizationRequests()
                    .ifPresent(must -> oidc.put(ClientMetadata.MUST_PUSH, must));
        }
        custom.setAll((ObjectNode) patch.path("customClientMetadata"));
        patch.set("customClientMetadata", custom);
        patch.remove("type");
        return patch;
    }

    /** What a client must, may and must not repeat (RFC 7592 section 2.2). */
    private static void checkOwn(ObjectNode document, String id, Registered before) {
        MetadataDocument members = new MetadataDocument(document);
        if (members.text("client_id", 64).filter(id::equals).isEmpty()) {
            throw MetadataDocument.refused("client_id must be the client's own");
        }
        for (String name : Set.of(
                "registration_access_token",
                "registration_client_uri",
                "client_secret_expires_at",
                "client_id_issued_at")) {
            if (document.has(name)) {
                throw MetadataDocument.refused(name + " must not be included");
            }
        }
        Optional<String> secret = members.text("client_secret", 256);
        if (secret.isPresent() && !ConstantTime.equal(secret.get(), String.valueOf(before.secret()))) {
            throw MetadataDocument.refused("client_secret is not the client's own");
        }
    }

    private static RegisteredClient authenticate(Tx tx, String id, @Nullable String presented) {
        return Optional.ofNullable(presented)
                .flatMap(token -> RegistrationStore.find(tx, id)
                        .filter(client -> ConstantTime.equal(client.tokenHash(), Hashes.sha256(token))))
                .orElseThrow(Registration::unauthorized);
    }

    private Registered whole(
            Tx tx, Application application, RegisteredClient client, ConsentScopes scopes, String token) {
        var secret = registered.secret(tx, application.id());
        var look = registered.look(tx, application.id());
        return new Registered(
                application,
                client.metadata(),
                client.redirectHosts(),
                scopes,
                secret.map(found -> found.value()).orElse(null),
                secret.map(found -> found.expiresAt())
                        .map(Instant::ofEpochMilli)
                        .orElse(null),
                token,
                client.createdAt(),
                look.map(found -> found.termsOfUseUrl()).orElse(null),
                look.map(found -> found.privacyPolicyUrl()).orElse(null));
    }

    /** What it has registered for its ID tokens, as long as discovery lists that; else what they are signed with. */
    String idTokenAlgorithm(String tenant, Application client) {
        return client.idTokenAlgorithm()
                .filter(keys.algorithms(tenant)::contains)
                .orElseGet(() -> keys.signer(tenant).algorithm());
    }

    /** An address that we would not ask is not registered either (DR1); nothing is opened for it here (SS1). */
    private void checkFetched(ClientMetadata metadata) {
        for (URI uri : metadata.fetched()) {
            try {
                outbound.check(uri);
            } catch (OutboundException refused) {
                throw MetadataDocument.refused(uri + " cannot be reached from here");
            }
        }
    }

    /** Rules of applications, in the words of the standard. */
    private static <T> T told(java.util.function.Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (AppException refusal) {
            if (refusal.status() >= 500) {
                throw refusal;
            }
            throw MetadataDocument.refused(
                    refusal.details() == null
                            ? refusal.code()
                            : refusal.details().strip());
        }
    }

    static OAuthException unauthorized() {
        return OAuthError.INVALID_TOKEN.because("the token is missing, not valid, or used up");
    }

    static OAuthException off() {
        return OAuthError.INVALID_REQUEST.because(404, "clients do not register themselves here");
    }

    /** Names of everything that it may ask for, those of every sign-in in front. */
    static Set<String> names(ConsentScopes scopes) {
        Set<String> names = new java.util.LinkedHashSet<>();
        names.add(Scopes.OPENID);
        names.add(Scopes.OFFLINE_ACCESS);
        Set<String> more = new HashSet<>(scopes.userScopes());
        scopes.resourceScopes().values().forEach(more::addAll);
        scopes.organizationResourceScopes().values().forEach(more::addAll);
        more.addAll(scopes.organizationScopes());
        more.stream().sorted().forEach(names::add);
        return names;
    }
}
