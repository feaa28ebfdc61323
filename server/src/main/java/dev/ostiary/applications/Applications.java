package dev.ostiary.applications;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.crypto.Secret;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import dev.ostiary.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The door to OAuth clients. */
public final class Applications {
    private static final String TOPIC = "applications";
    private static final long MOST_CACHED = 10_000;
    private static final Pattern ID = Pattern.compile("[0-9a-zA-Z_-]{1,21}");

    private final Database database;
    private final Changes changes;
    private final Ids ids;
    private final Clock clock;
    private final ApplicationSecrets secrets;
    private final BuiltInApplications builtIn;
    private final ChangeCache<Application> cache;

    /**
     * @param origin public origin of a tenant, by its id
     * @param consoleTenant the tenant whose users administer the others
     */
    public Applications(
            Database database,
            Changes changes,
            Ids ids,
            Sealer sealer,
            Clock clock,
            UnaryOperator<String> origin,
            String consoleTenant) {
        this.database = database;
        this.changes = changes;
        this.ids = ids;
        this.clock = clock;
        this.secrets = new ApplicationSecrets(ids, sealer, clock);
        this.builtIn = new BuiltInApplications(origin, consoleTenant);
        this.cache = new ChangeCache<>(changes, TOPIC, MOST_CACHED);
        database.onViolation("application_secrets_name", ApplicationError.SECRET_NAME_EXISTS);
    }

    /** The client of that id, built-in ones included; from the cache, where no round trip is needed. */
    public Optional<Application> find(String tenant, String id) {
        Optional<Application> known = builtIn.find(tenant, id);
        if (known.isPresent() || !ID.matcher(id).matches()) {
            return known;
        }
        return cache.get(tenant, id, () -> database.read(tenant, tx -> ApplicationStore.find(tx, id)));
    }

    /**
     * Whether a web address is on the origin of a redirect URI of an application of the tenant's own: somewhere a browser
     * may be sent, though without anything that is worth stealing.
     */
    public boolean isOnOwnOrigin(String tenant, String uri) {
        List<String> registered = new ArrayList<>(database.read(tenant, ApplicationStore::ownRedirectUris));
        builtIn.find(tenant, BuiltInApplications.DEMO)
                .ifPresent(demo -> registered.addAll(demo.oidcClientMetadata().redirectUris()));
        return RedirectUris.shareOrigin(registered, uri);
    }

    /** As it is in the transaction; built-in applications have no row. */
    public Optional<Application> find(Tx tx, String id) {
        return ID.matcher(id).matches() ? ApplicationStore.find(tx, id) : Optional.empty();
    }

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    public Application get(Tx tx, String id) {
        return find(tx, id).orElseThrow(() -> notFound(id));
    }

    /** Newest first; ids that nobody has are left out. */
    public List<Application> all(Tx tx, List<String> ids) {
        return ids.isEmpty() ? List.of() : ApplicationStore.all(tx, ids);
    }

    /**
     * Makes a machine-to-machine application with a given id and secret, or gives it that secret if it is there; may run
     * any number of times.
     */
    public void provideMachine(Tx tx, String id, String name, Secret secret) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("An application's id has 1 to 21 letters, digits, - or _");
        }
        Application machine = application(id, name, null, ApplicationType.MACHINE_TO_MACHINE);
        ApplicationStore.insert(tx, machine);
        // Two nodes that start at once: the second finds what the first has done.
        ApplicationStore.lock(tx, id);
        if (get(tx, id).check(secret.reveal(), clock.instant()) != ApplicationSecret.Verdict.ACCEPTED) {
            secrets.set(tx, id, ApplicationSecrets.DEFAULT_NAME, secret);
            changed(tx, id);
        }
    }

    Application create(Tx tx, ApplicationJson.Create wanted) {
        Application plain = application(ids.standard(), wanted.name(), wanted.description(), wanted.type());
        Application application = new Application(
                plain.id(),
                plain.name(),
                plain.description(),
                plain.type(),
                wanted.oidcClientMetadata().orElse(plain.oidcClientMetadata()),
                wanted.customClientMetadata().orElse(plain.customClientMetadata()),
                wanted.customData().orElse(plain.customData()),
                null,
                wanted.isThirdParty().orElse(false),
                false,
                List.of(),
                plain.createdAt());
        checkType(wanted);
        checkSettings(application);
        ApplicationStore.insert(tx, application);
        if (!application.isPublicClient()) {
            secrets.create(tx, application.id(), ApplicationSecrets.DEFAULT_NAME, null);
        }
        return application;
    }

    /** @throws AppException 404 for an unknown id, 422 for settings that do not fit the type */
    Application change(Tx tx, String id, ApplicationJson.Patch patch) {
        if (!ApplicationStore.lock(tx, id)) {
            throw notFound(id);
        }
        Application old = get(tx, id);
        if (patch.protectedAppMetadata().isPresent()) {
            throw ApplicationError.PROTECTED_APPLICATION_ONLY.exception();
        }
        Application changed = new Application(
                id,
                patch.name().orElse(old.name()),
                patch.description().orElse(old.description()),
                old.type(),
                patch.oidcClientMetadata().orElse(old.oidcClientMetadata()),
                patch.customClientMetadata().orElse(old.customClientMetadata()),
                patch.customData().orElse(old.customData()),
                old.protectedAppMetadata(),
                old.isThirdParty(),
                patch.appLevelAccessControlEnabled().orElse(old.appLevelAccessControlEnabled()),
                old.secrets(),
                old.createdAt());
        checkSettings(changed);
        if (changed.customClientMetadata().deviceFlow()
                != old.customClientMetadata().deviceFlow()) {
            throw ApplicationError.DEVICE_FLOW_NOT_CHANGEABLE.exception();
        }
        ApplicationStore.update(tx, changed);
        changed(tx, id);
        return changed;
    }

    /** @return the whole custom data after the merge */
    JsonNode mergeCustomData(Tx tx, String id, ObjectNode patch) {
        JsonNode merged = ApplicationStore.mergeCustomData(tx, id, patch).orElseThrow(() -> notFound(id));
        changed(tx, id);
        return merged;
    }

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    void delete(Tx tx, String id) {
        if (!ApplicationStore.delete(tx, id)) {
            throw notFound(id);
        }
        changed(tx, id);
    }

    ApplicationSecrets secrets() {
        return secrets;
    }

    /** Tells all nodes to read the application anew. */
    void changed(Tx tx, String id) {
        changes.announce(tx, TOPIC, id);
    }

    private Application application(
            String id, String name, @org.jspecify.annotations.Nullable String description, ApplicationType type) {
        // Milliseconds are what the wire shows and the database keeps.
        Instant now = Instant.ofEpochMilli(clock.millis());
        return new Application(
                id,
                name,
                description,
                type,
                OidcClientMetadata.NONE,
                CustomClientMetadata.DEFAULTS,
                Json.object(),
                null,
                false,
                false,
                List.of(),
                now);
    }

    private static void checkType(ApplicationJson.Create wanted) {
        if (wanted.type() == ApplicationType.SAML) {
            throw ApplicationError.USE_SAML_APP_API.exception();
        }
        if (wanted.isThirdParty().orElse(false) && !wanted.type().mayBeThirdParty()) {
            throw ApplicationError.INVALID_THIRD_PARTY_TYPE.exception();
        }
        if (wanted.type() == ApplicationType.PROTECTED) {
            // Needs a proxy at the edge, which nobody can have configured yet.
            throw wanted.protectedAppMetadata().isPresent()
                    ? ApplicationError.PROTECTED_APP_NOT_CONFIGURED.exception()
                    : ApplicationError.PROTECTED_APP_METADATA_REQUIRED.exception();
        }
    }

    private static void checkSettings(Application application) {
        if (application.customClientMetadata().deviceFlow() && !application.isNative()) {
            throw ApplicationError.DEVICE_FLOW_NATIVE_ONLY.exception();
        }
        if (application.isThirdParty() && application.customClientMetadata().exchangesTokens()) {
            throw ApplicationError.THIRD_PARTY_TOKEN_EXCHANGE.exception();
        }
    }

    static AppException notFound(String id) {
        return new AppException(
                CommonError.ENTITY_NOT_EXISTS_WITH_ID, null, null, Map.of("name", "applications", "id", id));
    }
}
