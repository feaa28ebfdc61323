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
import dev.ostiary.json.Shape;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The door to OAuth clients. */
public final class Applications {
    /** By which somebody signs in who accepts an invitation on a page of ours. */
    public static final String INVITATION = BuiltInApplications.INVITATION;

    /** The demonstration of a device; everybody has it. */
    public static final String DEVICE_DEMO = BuiltInApplications.DEVICE_DEMO;

    private static final String TOPIC = "applications";
    private static final long MOST_CACHED = 10_000;
    private static final Pattern ID = Pattern.compile("[0-9a-zA-Z_-]{1,21}");

    /** Whether an id is an address at which its client describes itself. */
    public static boolean isUrl(String id) {
        return id.startsWith("https://");
    }

    private final Database database;
    private final Changes changes;
    private final Ids ids;
    private final Clock clock;
    private final ApplicationSecrets secrets;
    private final BuiltInApplications builtIn;
    private final ChangeCache<Application> cache;
    private Documents documents = Documents.NONE;
    private Function<Tx, List<List<String>>> signing = tx -> List.of();

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

    /** Clients that are what a document at their id says; the protocol knows how to read one. */
    public interface Documents {
        Documents NONE = new Documents() {
            @Override
            public Optional<Application> find(String tenant, String url) {
                return Optional.empty();
            }

            @Override
            public Optional<String> fault(String tenant, String url) {
                return Optional.empty();
            }
        };

        Optional<Application> find(String tenant, String url);

        /** What is wrong with the document, for its author. */
        Optional<String> fault(String tenant, String url);
    }

    /** Set once, while the house is built: who resolves ids that are URLs. */
    public void documents(Documents resolver) {
        this.documents = resolver;
    }

    /**
     * Set once, while the house is built: with which algorithms each key of the tenant signs that does so now or next, and
     * goes on to until the transaction ends.
     */
    public void signing(Function<Tx, List<List<String>>> algorithms) {
        this.signing = algorithms;
    }

    /** What the applications of the tenant allow it to sign with for them; empty if none of them keeps a profile. */
    public Optional<Set<String>> permittedSigning(Tx tx) {
        return ApplicationStore.hasProfile(tx) ? Optional.of(ClientSettings.FAPI_ALGORITHMS) : Optional.empty();
    }

    /**
     * The client of that id, built-in ones included; from the cache, where no round trip is needed. One whose id is a URL
     * may have to be fetched: better not while a transaction is open.
     */
    public Optional<Application> find(String tenant, String id) {
        if (isUrl(id)) {
            return documents.find(tenant, id);
        }
        return findLocal(tenant, id, () -> database.read(tenant, tx -> ApplicationStore.find(tx, id)));
    }

    /**
     * The same where a connection is at hand; empty if the id is a URL, for no transaction waits for a stranger's machine.
     */
    public Optional<Application> findLocal(Tx tx, String id) {
        return isUrl(id) ? Optional.empty() : findLocal(tx.tenant(), id, () -> ApplicationStore.find(tx, id));
    }

    private Optional<Application> findLocal(String tenant, String id, Supplier<Optional<Application>> load) {
        Optional<Application> known = builtIn.find(tenant, id);
        return known.isPresent() || !ID.matcher(id).matches() ? known : cache.get(tenant, id, load);
    }

    /** The description of the refusal for an id that {@link #find} has found nothing for. */
    public String unknown(String tenant, String id) {
        String fault = isUrl(id) ? documents.fault(tenant, id).orElse(null) : null;
        return "invalid client " + id + (fault == null ? "" : ": " + fault);
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

    /** As {@link #get}, and nobody else changes it until the transaction ends. */
    public Application lock(Tx tx, String id) {
        if (!ID.matcher(id).matches() || !ApplicationStore.lock(tx, id)) {
            throw notFound(id);
        }
        return get(tx, id);
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
        return create(tx, wanted, ApplicationSource.TENANT);
    }

    Application create(Tx tx, ApplicationJson.Create wanted, ApplicationSource source) {
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
                plain.createdAt(),
                source);
        checkType(wanted);
        checkSettings(application);
        checkSigning(tx, application, CustomClientMetadata.DEFAULTS);
        ApplicationStore.insert(tx, application);
        if (!application.isPublicClient()) {
            secrets.create(tx, application.id(), ApplicationSecrets.DEFAULT_NAME, null);
        }
        return application;
    }

    /** @throws AppException 404 for an unknown id, 422 for settings that do not fit the type */
    Application change(Tx tx, String id, ApplicationJson.Patch patch) {
        Application old = lock(tx, id);
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
                old.createdAt(),
                old.source());
        checkSettings(changed);
        if (changed.customClientMetadata().deviceFlow()
                != old.customClientMetadata().deviceFlow()) {
            throw ApplicationError.DEVICE_FLOW_NOT_CHANGEABLE.exception();
        }
        checkSigning(tx, changed, old.customClientMetadata());
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

    /** Its secrets in clear text, oldest first, for what only they verify; those over too, so that they can be told. */
    public List<ReadableSecret> readableSecrets(Tx tx, String id) {
        return secrets.readable(tx, id);
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
                now,
                ApplicationSource.TENANT);
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
        ClientSettings.require(application);
    }

    /** Whoever asks for what no key has is told so. What he has asked for before stays, whatever the keys are now. */
    private void checkSigning(Tx tx, Application changed, CustomClientMetadata old) {
        if (changed.isFapi() && !old.isFapi()) {
            requireSigningForFapi(tx);
        }
        Optional<String> wanted = changed.customClientMetadata().idTokenSignedResponseAlg();
        if (wanted.isPresent() && !wanted.equals(old.idTokenSignedResponseAlg())) {
            List<String> known =
                    signing.apply(tx).stream().flatMap(List::stream).distinct().toList();
            if (!known.contains(wanted.get())) {
                throw Shape.invalid(
                        "Must be something that the tenant signs with: " + String.join(", ", known),
                        "customClientMetadata",
                        "idTokenSignedResponseAlg");
            }
        }
    }

    /** FAPI 2.0 Security Profile section 5.4.1: what we sign for the application is a part of the profile. */
    private void requireSigningForFapi(Tx tx) {
        List<String> algorithms = signing.apply(tx).stream()
                .filter(key -> Collections.disjoint(key, ClientSettings.FAPI_ALGORITHMS))
                .flatMap(List::stream)
                .distinct()
                .toList();
        if (!algorithms.isEmpty()) {
            throw new AppException(
                    ApplicationError.SIGNING_KEY_NOT_FOR_FAPI,
                    Map.of(
                            "algorithms",
                            algorithms,
                            "permitted",
                            ClientSettings.FAPI_ALGORITHMS.stream().sorted().toList()),
                    null,
                    Map.of("algorithms", String.join(", ", algorithms)));
        }
    }

    static AppException notFound(String id) {
        return new AppException(
                CommonError.ENTITY_NOT_EXISTS_WITH_ID, null, null, Map.of("name", "applications", "id", id));
    }
}
