package dev.ostiary.interactions;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.http.Request;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The door: starts interactions, finds the one a call belongs to, takes answers, ends them once. */
public final class Interactions {
    private final InteractionStore store = new InteractionStore();
    private final Database database;
    private final Ids ids;
    private final Clock clock;

    public Interactions(Database database, Ids ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Lives one hour. Send the browser off with {@link InteractionCookies#starting}.
     *
     * @param request {@code {"params":{…},"prompt":{"name":…,"reasons":[…]}}}
     * @param sessionUid the signed-in session of the browser, if there is one
     */
    public Interaction start(Tx tx, String clientId, ObjectNode request, @Nullable String sessionUid) {
        Interaction interaction = new Interaction(
                ids.token(),
                clientId,
                request,
                null,
                null,
                sessionUid,
                clock.instant().plus(InteractionCookies.LIFETIME));
        store.insert(tx, interaction);
        return interaction;
    }

    /**
     * The interaction a call belongs to: by header {@code Logto-App-Id}, else query {@code app_id}, else the browser's
     * last one.
     *
     * @throws AppException 400 {@code session.not_found}; 400 {@code oidc.invalid_request} if the cookie leads to an
     *     interaction of another application
     */
    public Interaction resolve(Request request) {
        return locate(request).orElseThrow(InteractionError.NOT_FOUND::exception);
    }

    /**
     * As {@link #resolve}, without a refusal where there is none: pages lead to a page of their own.
     *
     * @throws AppException 400 {@code oidc.invalid_request} if the cookie leads to an interaction of another application
     */
    public Optional<Interaction> locate(Request request) {
        String header = request.header("Logto-App-Id");
        String clientId =
                header != null && !header.isEmpty() ? header : request.query().get("app_id");
        Optional<Interaction> found = InteractionCookies.uid(request, clientId)
                .flatMap(uid -> database.read(request.tenant(), tx -> find(tx, uid)));
        if (clientId != null
                && !clientId.isEmpty()
                && found.isPresent()
                && !found.get().clientId().equals(clientId)) {
            throw InteractionError.CLIENT_MISMATCH.exception();
        }
        return found;
    }

    /** Whether the browser holds the cookies of that interaction; the id alone is not enough to go on with it. */
    public boolean belongsTo(Request request, String uid) {
        return InteractionCookies.isUid(uid) && InteractionCookies.mayResume(request, uid);
    }

    public Optional<Interaction> find(Tx tx, String uid) {
        return store.find(tx, uid, clock.instant());
    }

    /** @throws AppException 400 {@code session.not_found} if it has ended or been answered meanwhile */
    public void saveExperience(Tx tx, String uid, ObjectNode experience) {
        if (!store.saveExperience(tx, uid, experience)) {
            throw InteractionError.NOT_FOUND.exception();
        }
    }

    /**
     * As {@link #saveExperience(Tx, String, ObjectNode)}, and the visitor goes to an identity provider. There is one such
     * journey at most: the newer replaces the older, so what strangers can start is bounded (RP7).
     *
     * @param connectorSession what the answer will be checked by, sealed
     */
    public void saveExperience(Tx tx, String uid, ObjectNode experience, String connectorSession) {
        if (!store.saveExperience(tx, uid, experience, connectorSession)) {
            throw InteractionError.NOT_FOUND.exception();
        }
    }

    /** Takes the connector session away: of two callers one gets it, and no answer is read twice (RP4). */
    public Optional<String> takeConnectorSession(Tx tx, String uid) {
        return store.takeConnectorSession(tx, uid, clock.instant());
    }

    /**
     * Which of the browser's own interactions waits for this answer of an identity provider. Only those whose cookie the
     * request brings are asked.
     *
     * @param isOurs whether a connector session, sealed as it was stored with that interaction, is the one looked for
     */
    public Optional<Interaction> locate(Request request, BiPredicate<Interaction, String> isOurs) {
        return database.read(request.tenant(), tx -> InteractionCookies.uids(request).stream()
                .flatMap(uid -> find(tx, uid).stream())
                .filter(interaction -> store.connectorSession(tx, interaction.uid(), clock.instant())
                        .filter(held -> isOurs.test(interaction, held))
                        .isPresent())
                .findFirst());
    }

    /**
     * The first answer counts, and clears the experience: what it needs of it belongs into the answer.
     *
     * @throws AppException 400 {@code session.not_found} if it has ended or been answered meanwhile
     */
    public void answer(Tx tx, String uid, ObjectNode answer) {
        if (!store.answer(tx, uid, answer)) {
            throw InteractionError.NOT_FOUND.exception();
        }
    }

    /** From now on any session of the browser may end it: the one it began with is about to be signed out. */
    public void releaseSession(Tx tx, String uid) {
        store.releaseSession(tx, uid);
    }

    /** Takes it away, with its answer. Of two callers one gets it. */
    public Optional<Interaction> finish(Tx tx, String uid) {
        return store.delete(tx, uid, clock.instant());
    }
}
