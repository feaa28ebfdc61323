package dev.ostiary.experience;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Database;
import dev.ostiary.errors.AppException;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Request;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.json.Shape;
import dev.ostiary.sso.Departing;
import dev.ostiary.sso.Departure;
import dev.ostiary.sso.EmailDomains;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoError;
import dev.ostiary.sso.SsoProfile;
import dev.ostiary.sso.SsoSignIn;
import dev.ostiary.users.UserError;
import dev.ostiary.verifications.EnterpriseSsoVerification;
import dev.ostiary.verifications.VerificationError;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps in which a visitor goes to the identity provider of a company and comes back. */
final class SsoSteps {
    private static final int LONGEST_HINT = 256;
    /** Begins the states of those whom our pages have sent off, so that our pages take them in again. */
    private static final String DEPARTED = "pages.";

    private final Database database;
    private final Interactions interactions;
    private final SsoAccounts accounts;
    private final SsoSignIn signIn;
    private final Sealer sealer;
    private final Events events;
    private final Ids ids;

    SsoSteps(Experience.Parts parts, SsoAccounts accounts) {
        this.database = parts.database();
        this.interactions = parts.interactions();
        this.accounts = accounts;
        this.signIn = parts.sso().signIn();
        this.sealer = parts.sso().sealer();
        this.events = parts.events();
        this.ids = parts.ids();
    }

    /** Where providers send visitors of this connector back to: the one address that codes may go to. */
    static String callback(Visit visit, String connectorId) {
        return visit.origin() + "/callback/" + connectorId;
    }

    /** Stored when this returns: the next the server hears of this visit is the answer. */
    SsoStart start(Visit visit, String connectorId, String state, String redirectUri, Optional<String> loginHint) {
        Progress progress = visit.progress();
        Event told = visit.tell("Verification.EnterpriseSso.Create").with("connectorId", connectorId);
        try {
            SsoConnector connector = accounts.usable(visit.tenant(), connectorId);
            if (state.isEmpty() || redirectUri.isEmpty()) {
                throw ExperienceError.INSUFFICIENT_INFO.exception();
            }
            if (!redirectUri.equals(callback(visit, connectorId))) {
                throw Shape.invalid("Must be the callback of this connector", "redirectUri");
            }
            Optional<String> hint = loginHint.filter(address -> mayBeTold(connector, address));
            Departure departure = signIn.depart(new Departing(visit.tenant(), connector, state, redirectUri, hint));
            EnterpriseSsoVerification begun = EnterpriseSsoVerification.begun(ids.standard(), connectorId);
            ConnectorSession session =
                    new ConnectorSession(connectorId, begun.id(), state, redirectUri, departure.kept());
            Progress next = progress.leaving(begun);
            database.run(visit.tenant(), tx -> {
                interactions.saveExperience(
                        tx,
                        visit.interaction().uid(),
                        next.stored(),
                        session.seal(sealer, visit.tenant(), visit.interaction()));
                events.publish(tx, told);
            });
            visit.change(next);
            visit.saved();
            return new SsoStart(departure.authorizationUri(), begun.id());
        } catch (AppException refusal) {
            throw refused(visit, told, refusal);
        }
    }

    /** The address of one company's people is nothing to tell another company; a hint may come from anybody. */
    private static boolean mayBeTold(SsoConnector connector, String hint) {
        Optional<String> domain = EmailDomains.of(hint);
        return hint.length() <= LONGEST_HINT
                && (domain.isEmpty() || connector.domains().contains(domain.get()));
    }

    /** As {@link #start}, with a state that nobody can guess. */
    URI depart(Visit visit, String connectorId, Optional<String> loginHint) {
        Optional<String> hint = loginHint.or(() -> visit.interaction().param("login_hint"));
        return start(visit, connectorId, DEPARTED + ids.token(), callback(visit, connectorId), hint)
                .authorizationUri();
    }

    static boolean isDeparted(String state) {
        return state.startsWith(DEPARTED);
    }

    /** Which of the browser's own visits has sent it off with this state. */
    Optional<Visit> find(Request request, String state) {
        return interactions
                .locate(request, (interaction, held) -> ConnectorSession.unseal(
                                sealer, request.tenant(), interaction, held)
                        .filter(session -> session.hasState(state))
                        .isPresent())
                .map(interaction -> new Visit(request, interaction));
    }

    /**
     * Reads the answer; stored when this returns. The session is taken before anything is looked at: an answer that does
     * not fit spends it too, so nobody tries twice.
     *
     * @param verificationId null: the proof that was begun last
     */
    String finish(Visit visit, String connectorId, @Nullable String verificationId, Map<String, String> answer) {
        Progress progress = visit.progress();
        Event told = visit.tell("Verification.EnterpriseSso.Submit").with("connectorId", connectorId);
        try {
            EnterpriseSsoVerification begun = progress.enterpriseSso()
                    .filter(record -> verificationId == null || record.id().equals(verificationId))
                    .orElseThrow(VerificationError.NOT_FOUND::exception);
            ConnectorSession session = take(visit);
            requireFitting(session, begun, connectorId, answer);
            SsoConnector connector = accounts.usable(visit.tenant(), connectorId);
            Map<String, String> parameters = new HashMap<>(answer);
            parameters.remove("redirectUri");
            SsoProfile profile = signIn.arrive(connector, visit.tenant(), session.kept(), parameters);
            EnterpriseSsoVerification done = begun.answered(profile, accounts.sealedTokens(visit, connector, profile));
            Progress next = progress.with(done);
            database.run(visit.tenant(), tx -> {
                interactions.saveExperience(tx, visit.interaction().uid(), next.stored());
                events.publish(tx, told);
            });
            visit.change(next);
            visit.saved();
            return done.id();
        } catch (AppException refusal) {
            throw refused(visit, told, refusal);
        }
    }

    /** Recognises the visitor or makes an account, and ends the visit. */
    Submission enter(Visit visit, String proof, Experience experience) {
        identify(visit, proof, experience);
        try {
            return experience.submit(visit);
        } catch (AppException taken) {
            if (taken.error() != SsoError.IDENTITY_IN_USE) {
                throw taken;
            }
            // Another tab has linked the same identity meanwhile: to the same account, or this is refused again.
            return experience.submit(visit);
        }
    }

    private static void identify(Visit visit, String proof, Experience experience) {
        try {
            experience.identify(visit, proof);
        } catch (AppException unknown) {
            if (unknown.error() != ExperienceError.SSO_IDENTITY_NOT_EXIST) {
                throw unknown;
            }
            experience.changeEvent(visit, InteractionEvent.REGISTER);
            registerOrFollow(visit, proof, experience);
        }
    }

    /** Two tabs of a newcomer arrive at once: the slower one finds the account that the faster one has made. */
    private static void registerOrFollow(Visit visit, String proof, Experience experience) {
        try {
            experience.identify(visit, proof);
        } catch (AppException taken) {
            if (taken.error() != SsoError.IDENTITY_IN_USE && taken.error() != UserError.EMAIL_ALREADY_IN_USE) {
                throw taken;
            }
            experience.changeEvent(visit, InteractionEvent.SIGN_IN);
            experience.identify(visit, proof);
        }
    }

    private ConnectorSession take(Visit visit) {
        return database.writeOne(
                        visit.tenant(),
                        tx -> interactions.takeConnectorSession(
                                tx, visit.interaction().uid()))
                .flatMap(held -> ConnectorSession.unseal(sealer, visit.tenant(), visit.interaction(), held))
                .orElseThrow(ExperienceError.CONNECTOR_SESSION_NOT_FOUND::exception);
    }

    /** RP4, RP5: the answer to this question, from where it was asked, of this browser. */
    private static void requireFitting(
            ConnectorSession session, EnterpriseSsoVerification begun, String connectorId, Map<String, String> answer) {
        if (!session.connectorId().equals(connectorId)
                || !session.verificationId().equals(begun.id())) {
            throw ExperienceError.CONNECTOR_SESSION_NOT_FOUND.exception();
        }
        String state = answer.get("state");
        if (state != null && !session.hasState(state)) {
            throw ExperienceError.STATE_MISMATCH.exception();
        }
    }

    /** The provider's own words help an administrator; what visitors bring along (codes, tokens) is not told. */
    private AppException refused(Visit visit, Event told, AppException refusal) {
        Event event = told.failed(refusal.code());
        boolean byProvider = refusal.code().startsWith("connector.");
        events.publish(visit.tenant(), byProvider ? event.with("provider", refusal.data()) : event);
        return refusal;
    }
}
