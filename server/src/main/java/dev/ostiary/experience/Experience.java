package dev.ostiary.experience;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.events.Events;
import dev.ostiary.experience.SsoAccounts.Proven;
import dev.ostiary.http.Request;
import dev.ostiary.interactions.Interaction;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.json.Json;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.users.BreachedPasswords;
import dev.ostiary.users.Passwords;
import dev.ostiary.users.User;
import dev.ostiary.users.UserError;
import dev.ostiary.users.Users;
import dev.ostiary.verifications.Identifier;
import dev.ostiary.verifications.PasswordProofs;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one state machine of sign-in and registration. A door (the Experience API, a page) opens a {@link Visit}, calls the
 * steps in whatever order its visitor does, and saves the visit; the steps themselves know what may follow what.
 *
 * <pre>
 * sign-in:   begin → verifyPassword → identify → [addUsername, addPassword] → submit
 * register:  begin → newPasswordIdentity → identify → submit
 * by a company's provider: begin → startSso → (the visitor is away) → finishSso → identify → submit
 * </pre>
 *
 * All refusals are {@link AppException}s with the wire's codes, but for what is missing still: that is a value.
 */
public final class Experience {
    private final Database database;
    private final Interactions interactions;
    private final Users users;
    private final SignInExperiences settings;
    private final PasswordSignIn passwordSignIn;
    private final ProfileSteps profiles;
    private final Registration registration;
    private final Identifying identifying;
    private final SsoOnly ssoOnly;
    private final SsoAccounts ssoAccounts;
    private final SsoSteps ssoSteps;
    private final Invited invited;
    private final Events events;
    private final Clock clock;

    /** What the machine is built of. */
    public record Parts(
            Database database,
            Interactions interactions,
            Users users,
            SignInExperiences settings,
            PasswordProofs proofs,
            Passwords passwords,
            BreachedPasswords breached,
            SsoParts sso,
            Events events,
            Ids ids,
            Clock clock) {}

    public Experience(Parts parts) {
        this.database = parts.database;
        this.interactions = parts.interactions;
        this.users = parts.users;
        this.settings = parts.settings;
        this.passwordSignIn = new PasswordSignIn(parts);
        this.profiles = new ProfileSteps(parts);
        this.registration = new Registration(users);
        this.ssoOnly = new SsoOnly(settings, parts.sso.connectors());
        this.ssoAccounts = new SsoAccounts(parts, ssoOnly);
        this.ssoSteps = new SsoSteps(parts, ssoAccounts);
        this.invited = new Invited(settings);
        this.identifying = new Identifying(parts, registration, ssoAccounts, ssoOnly, invited);
        this.events = parts.events;
        this.clock = parts.clock;
    }

    /** Called in the transaction that registers a user; what it throws undoes the registration. */
    public void afterRegister(BiConsumer<Tx, User> listener) {
        registration.afterRegister(listener);
    }

    /**
     * Whom a visit was begun for by an invitation: a function of the request and its interaction, to the address that is
     * proven by it. It must be quick to say that there is none.
     */
    public void invitedBy(BiFunction<Request, Interaction, Optional<String>> source) {
        invited.by(source);
    }

    /** The address that the visitor's invitation proves. */
    public Optional<String> invitedAddress(Request request, Interaction interaction) {
        return invited.address(new Visit(request, interaction));
    }

    /** @throws AppException 400 {@code session.not_found} if the browser is in no interaction */
    public Visit visit(Request request) {
        return new Visit(request, interactions.resolve(request));
    }

    /** As {@link #visit}, without a refusal. */
    public Optional<Visit> findVisit(Request request) {
        return interactions.locate(request).map(interaction -> new Visit(request, interaction));
    }

    /** Keeps how far the visitor is; does nothing if nothing changed. */
    public void save(Visit visit) {
        if (visit.isChanged()) {
            database.writeOne(visit.tenant(), tx -> save(tx, visit, visit.progress()));
            visit.saved();
        }
    }

    private boolean save(Tx tx, Visit visit, Progress progress) {
        interactions.saveExperience(tx, visit.interaction().uid(), progress.stored());
        return true;
    }

    /** Starts over; everything told before is forgotten. */
    public void begin(Visit visit, InteractionEvent event) {
        invited.requireOpen(visit, event);
        visit.change(Progress.begin(event, visit.context()));
    }

    /** Changes between sign-in and registration; the proofs stay, the pending profile does not. */
    public void changeEvent(Visit visit, InteractionEvent event) {
        Progress progress = visit.progress();
        InteractionEvent before = progress.interactionEvent();
        if (before == event) {
            return;
        }
        if (before == InteractionEvent.FORGOT_PASSWORD || event == InteractionEvent.FORGOT_PASSWORD) {
            throw ExperienceError.NOT_FOR_FORGOT_PASSWORD.exception();
        }
        invited.requireOpen(visit, event);
        visit.change(progress.withEvent(event));
    }

    /**
     * A refusal is counted against the account, or the name where there is none, before it is thrown.
     *
     * @return id of the proof
     */
    public String verifyPassword(Visit visit, Identifier identifier, String password) {
        return passwordSignIn.verify(visit, identifier, password);
    }

    /**
     * A name and a password for a new account.
     *
     * @return id of the record
     */
    public String newPasswordIdentity(Visit visit, String username, String password) {
        return profiles.newPasswordIdentity(visit, username, password);
    }

    /** @throws AppException 422 {@code user.username_exists_in_profile} if the account has one, 404 without an account */
    public void addUsername(Visit visit, String username) {
        profiles.addUsername(visit, username);
    }

    /** @throws AppException 422 {@code user.password_exists_in_profile} if the account has one, 404 without an account */
    public void addPassword(Visit visit, String password) {
        profiles.addPassword(visit, password);
    }

    /** @throws AppException 400 {@code custom_profile_fields.entity_not_exists_with_names} */
    public void addExtraProfile(Visit visit, List<String> names) {
        profiles.addExtra(visit, names);
    }

    /**
     * Who the visitor is: the account a proof names, or a new one made of what was told. A new account is stored at once.
     *
     * @param verificationId may be null for a registration whose profile was told by {@link #addUsername} and the like
     */
    public Identification identify(Visit visit, @Nullable String verificationId) {
        return identifying.identify(visit, verificationId);
    }

    /** Whether anybody can sign in by the identity provider of a company. */
    public boolean offersSso(String tenant) {
        return ssoOnly.mayApply(tenant);
    }

    /** The connectors that an e-mail address leads to, and is bound to; none while SSO is switched off. */
    public List<SsoConnector> ssoConnectors(String tenant, String email) {
        return ssoOnly.connectors(tenant, email);
    }

    /**
     * Sends the visitor to the provider of a company; stored when this returns.
     *
     * @param redirectUri must be {@code <origin of this visit>/callback/<connectorId>}
     * @throws AppException 422 {@code user.sign_in_method_not_enabled}, 404 {@code connector.not_found},
     *     {@code connector.*} if the provider cannot be asked
     */
    public SsoStart startSso(Visit visit, String connectorId, String state, String redirectUri) {
        return ssoSteps.start(visit, connectorId, state, redirectUri, Optional.empty());
    }

    /**
     * Reads the provider's answer, once; stored when this returns.
     *
     * @param verificationId null: the proof that was begun last
     * @return id of the proof
     * @throws AppException 400 {@code session.connector_validation_session_not_found}, 404
     *     {@code session.verification_session_not_found}, {@code connector.*} if the answer is not good
     */
    public String finishSso(
            Visit visit, String connectorId, @Nullable String verificationId, Map<String, String> answer) {
        return ssoSteps.finish(visit, connectorId, verificationId, answer);
    }

    /**
     * For pages: begins a sign-in and sends the visitor to the provider.
     *
     * @param loginHint the address that was typed, for the provider's form
     */
    public URI departBySso(Visit visit, String connectorId, Optional<String> loginHint) {
        begin(visit, InteractionEvent.SIGN_IN);
        return ssoSteps.depart(visit, connectorId, loginHint);
    }

    /** Whether {@link #departBySso} has made this state; else a client of the Experience API has, and waits for the answer. */
    public static boolean isDeparted(String state) {
        return SsoSteps.isDeparted(state);
    }

    /** Which of the browser's own visits waits for the answer with this state. Whoever has not sent it off finds none. */
    public Optional<Visit> findVisitByState(Request request, String state) {
        return ssoSteps.find(request, state);
    }

    /**
     * For pages: the answer of a provider, and all that follows. Who is not known here gets an account, if the settings
     * let people register.
     */
    public Submission enterBySso(Visit visit, String connectorId, Map<String, String> answer) {
        String proof = finishSso(visit, connectorId, null, answer);
        return ssoSteps.enter(visit, proof, this);
    }

    /** Called in the transaction that ties a user to an account at a company's provider: they join its organizations. */
    public void afterSsoLink(BiConsumer<Tx, SsoLink> listener) {
        ssoAccounts.afterLink(listener);
    }

    /** The last step: in one transaction the account is brought up to date and the interaction answered. */
    public Submission submit(Visit visit) {
        Progress progress = visit.progress();
        String userId = progress.userId();
        if (userId == null) {
            throw ExperienceError.IDENTIFIER_NOT_FOUND.exception();
        }
        SignInExperience rules = settings.of(visit.tenant());
        try {
            Optional<Proven> sso = progress.identifyingSso().map(record -> ssoAccounts.proven(visit.tenant(), record));
            if (sso.isEmpty()) {
                identifying.requireFree(visit, null, userId);
            }
            return database.write(visit.tenant(), tx -> submit(tx, visit, progress, userId, rules, sso));
        } catch (AppException refusal) {
            events.publish(visit.tenant(), visit.tell("Submit").failed(refusal.code()));
            throw refusal;
        }
    }

    private Submission submit(
            Tx tx, Visit visit, Progress progress, String userId, SignInExperience rules, Optional<Proven> sso) {
        User user = users.find(tx, userId).orElseThrow(UserError.NOT_FOUND::exception);
        if (user.isSuspended()) {
            throw UserError.SUSPENDED.exception();
        }
        PendingProfile profile = progress.profile();
        Registration.requireFitting(user, profile);
        List<MissingProfile> missing =
                sso.isPresent() ? List.of() : MandatoryProfile.missing(rules.signUp(), user, profile);
        if (!missing.isEmpty()) {
            return new Submission.Missing(missing);
        }
        Optional<Proven> linked = sso.filter(proven -> ssoAccounts.signedIn(tx, visit, user, proven));
        registration.fill(tx, rules, user, profile);
        Instant now = clock.instant();
        users.signedIn(tx, userId, now);
        ObjectNode answer = Json.object();
        answer.putObject("login").put("accountId", userId).put("at", now.toEpochMilli());
        answer.setAll(progress.view());
        interactions.answer(tx, visit.interaction().uid(), answer);
        // Whoever wonders where the account's password has gone finds it here.
        events.publish(
                tx,
                visit.tell("Submit")
                        .with("verificationTypes", progress.verificationTypes())
                        .with(
                                "linkedSsoConnectorId",
                                linked.map(l -> l.connector().id()).orElse(null)));
        return new Submission.Done(visit.returnTo());
    }

    /** What the visitor may see of his visit. */
    public ObjectNode view(Visit visit) {
        return visit.progress().view();
    }
}
