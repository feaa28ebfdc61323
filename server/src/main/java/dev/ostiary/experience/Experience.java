package dev.ostiary.experience;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.Events;
import dev.ostiary.http.Request;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.json.Json;
import dev.ostiary.users.BreachedPasswords;
import dev.ostiary.users.Passwords;
import dev.ostiary.users.User;
import dev.ostiary.users.UserError;
import dev.ostiary.users.Users;
import dev.ostiary.verifications.Identifier;
import dev.ostiary.verifications.IdentifierType;
import dev.ostiary.verifications.NewPasswordIdentity;
import dev.ostiary.verifications.PasswordProofs;
import dev.ostiary.verifications.PasswordVerification;
import dev.ostiary.verifications.Verification;
import dev.ostiary.verifications.VerificationError;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one state machine of sign-in and registration. A door (the Experience API, a page) opens a {@link Visit}, calls the
 * steps in whatever order its visitor does, and saves the visit; the steps themselves know what may follow what.
 *
 * <pre>
 * sign-in:   begin → verifyPassword → identify → [addUsername, addPassword] → submit
 * register:  begin → newPasswordIdentity → identify → submit
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
        this.events = parts.events;
        this.clock = parts.clock;
    }

    /** Called in the transaction that registers a user; what it throws undoes the registration. */
    public void afterRegister(BiConsumer<Tx, User> listener) {
        registration.afterRegister(listener);
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
            database.run(visit.tenant(), tx -> save(tx, visit, visit.progress()));
            visit.saved();
        }
    }

    private void save(Tx tx, Visit visit, Progress progress) {
        interactions.saveExperience(tx, visit.interaction().uid(), progress.stored());
    }

    /** Starts over; everything told before is forgotten. */
    public void begin(Visit visit, InteractionEvent event) {
        settings.requireOpen(visit.tenant(), event);
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
        settings.requireOpen(visit.tenant(), event);
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
        Progress progress = visit.progress();
        return progress.interactionEvent() == InteractionEvent.REGISTER
                ? register(visit, progress, verificationId)
                : recognise(visit, progress, verificationId);
    }

    private Identification recognise(Visit visit, Progress progress, @Nullable String verificationId) {
        if (verificationId == null) {
            throw CommonError.INVALID_INPUT.exception();
        }
        settings.requireOpen(visit.tenant(), progress.interactionEvent());
        if (!(find(progress, verificationId) instanceof PasswordVerification proof) || !proof.verified()) {
            throw VerificationError.NOT_VERIFIED.exception();
        }
        if (progress.interactionEvent() == InteractionEvent.FORGOT_PASSWORD) {
            throw ExperienceError.PROOF_NOT_FOR_FORGOT_PASSWORD.exception();
        }
        List<IdentifierType> allowed = settings.of(visit.tenant()).signIn().withPassword();
        if (!allowed.contains(proof.identifier().type())) {
            throw UserError.SIGN_IN_METHOD_NOT_ENABLED.exception();
        }
        if (progress.userId() != null && !progress.userId().equals(proof.userId())) {
            throw ExperienceError.IDENTITY_CONFLICT.exception();
        }
        if (progress.userId() == null) {
            visit.change(progress.withUser(proof.userId()));
        }
        return new Identification.Identified(proof.userId());
    }

    private Identification register(Visit visit, Progress progress, @Nullable String verificationId) {
        if (progress.userId() != null) {
            throw ExperienceError.IDENTITY_CONFLICT.exception();
        }
        settings.requireOpen(visit.tenant(), InteractionEvent.REGISTER);
        SignInExperience rules = settings.of(visit.tenant());
        PendingProfile profile = progress.profile();
        if (verificationId != null) {
            if (!(find(progress, verificationId) instanceof NewPasswordIdentity identity)) {
                throw VerificationError.NOT_VERIFIED.exception();
            }
            profile = profile.withUsername(identity.identifier().value()).withPassword(identity.passwordDigest());
        }
        Progress told = progress.withProfile(profile);
        List<MissingProfile> missing = MandatoryProfile.missing(rules.signUp(), profile);
        if (!missing.isEmpty()) {
            visit.change(told);
            return new Identification.Missing(missing);
        }
        if (!MandatoryProfile.namesAnAccount(rules.signUp(), profile)) {
            throw UserError.SIGN_IN_METHOD_NOT_ENABLED.exception();
        }
        return create(visit, rules, told);
    }

    /** One transaction: the account, what follows from it, and that this visitor is its owner. */
    private Identification create(Visit visit, SignInExperience rules, Progress told) {
        Progress done = database.write(visit.tenant(), tx -> {
            User user = registration.register(tx, rules, told.profile());
            Progress owned = told.withProfile(PendingProfile.EMPTY).withUser(user.id());
            save(tx, visit, owned);
            events.publish(tx, visit.tell("Identifier.Submit").user(user.id()));
            return owned;
        });
        // Only now: whoever catches a refusal and saves the visit must not save an account that was rolled back.
        visit.change(done);
        visit.saved();
        return new Identification.Registered(Objects.requireNonNull(done.userId()));
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
            return database.write(visit.tenant(), tx -> submit(tx, visit, progress, userId, rules));
        } catch (AppException refusal) {
            events.publish(visit.tenant(), visit.tell("Submit").failed(refusal.code()));
            throw refusal;
        }
    }

    private Submission submit(Tx tx, Visit visit, Progress progress, String userId, SignInExperience rules) {
        User user = users.find(tx, userId).orElseThrow(UserError.NOT_FOUND::exception);
        if (user.isSuspended()) {
            throw UserError.SUSPENDED.exception();
        }
        PendingProfile profile = progress.profile();
        Registration.requireFitting(user, profile);
        List<MissingProfile> missing = MandatoryProfile.missing(rules.signUp(), user, profile);
        if (!missing.isEmpty()) {
            return new Submission.Missing(missing);
        }
        registration.fill(tx, rules, user, profile);
        Instant now = clock.instant();
        users.signedIn(tx, userId, now);
        ObjectNode answer = Json.object();
        answer.putObject("login").put("accountId", userId).put("at", now.toEpochMilli());
        answer.setAll(progress.view());
        interactions.answer(tx, visit.interaction().uid(), answer);
        events.publish(tx, visit.tell("Submit").with("verificationTypes", types(progress)));
        return new Submission.Done(visit.returnTo());
    }

    private static List<String> types(Progress progress) {
        return progress.verificationRecords().stream()
                .map(record -> record.type().word())
                .toList();
    }

    /** What the visitor may see of his visit. */
    public ObjectNode view(Visit visit) {
        return visit.progress().view();
    }

    private static Verification find(Progress progress, String verificationId) {
        return progress.verification(verificationId).orElseThrow(VerificationError.NOT_FOUND::exception);
    }
}
