package dev.ostiary.interactions;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.http.Request;
import java.time.Clock;
import java.util.Optional;
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
