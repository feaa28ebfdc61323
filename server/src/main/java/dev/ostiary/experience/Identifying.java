package dev.ostiary.experience;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.Events;
import dev.ostiary.experience.SsoAccounts.Proven;
import dev.ostiary.interactions.Interactions;
import dev.ostiary.users.User;
import dev.ostiary.users.UserError;
import dev.ostiary.users.Users;
import dev.ostiary.verifications.EnterpriseSsoVerification;
import dev.ostiary.verifications.NewPasswordIdentity;
import dev.ostiary.verifications.PasswordVerification;
import dev.ostiary.verifications.Verification;
import dev.ostiary.verifications.VerificationError;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The step in which proofs become somebody: an account that is there, or a new one. */
final class Identifying {
    private final Database database;
    private final Interactions interactions;
    private final Users users;
    private final SignInExperiences settings;
    private final Registration registration;
    private final SsoAccounts ssoAccounts;
    private final SsoOnly ssoOnly;
    private final Invited invited;
    private final Events events;

    Identifying(
            Experience.Parts parts,
            Registration registration,
            SsoAccounts ssoAccounts,
            SsoOnly ssoOnly,
            Invited invited) {
        this.invited = invited;
        this.database = parts.database();
        this.interactions = parts.interactions();
        this.users = parts.users();
        this.settings = parts.settings();
        this.registration = registration;
        this.ssoAccounts = ssoAccounts;
        this.ssoOnly = ssoOnly;
        this.events = parts.events();
    }

    Identification identify(Visit visit, @Nullable String verificationId) {
        Progress progress = visit.progress();
        return progress.interactionEvent() == InteractionEvent.REGISTER
                ? register(visit, progress, verificationId)
                : recognise(visit, progress, verificationId);
    }

    private Identification recognise(Visit visit, Progress progress, @Nullable String verificationId) {
        if (verificationId == null) {
            throw CommonError.INVALID_INPUT.exception();
        }
        InteractionEvent event = progress.interactionEvent();
        settings.requireOpen(visit.tenant(), event);
        String userId =
                switch (find(progress, verificationId)) {
                    case PasswordVerification password -> byPassword(visit, event, password);
                    case EnterpriseSsoVerification sso -> bySso(visit, event, sso);
                    case NewPasswordIdentity nobody -> throw VerificationError.NOT_VERIFIED.exception();
                };
        if (progress.userId() != null && !progress.userId().equals(userId)) {
            throw ExperienceError.IDENTITY_CONFLICT.exception();
        }
        if (progress.userId() == null) {
            visit.change(progress.withUser(userId, verificationId));
        }
        return new Identification.Identified(userId);
    }

    private String byPassword(Visit visit, InteractionEvent event, PasswordVerification proof) {
        if (!proof.verified()) {
            throw VerificationError.NOT_VERIFIED.exception();
        }
        if (event == InteractionEvent.FORGOT_PASSWORD) {
            throw ExperienceError.PROOF_NOT_FOR_FORGOT_PASSWORD.exception();
        }
        if (!settings.of(visit.tenant())
                .signIn()
                .withPassword()
                .contains(proof.identifier().type())) {
            throw UserError.SIGN_IN_METHOD_NOT_ENABLED.exception();
        }
        requireFree(visit, proof.identifier().value(), proof.userId());
        return proof.userId();
    }

    private String bySso(Visit visit, InteractionEvent event, EnterpriseSsoVerification sso) {
        Proven proven = ssoAccounts.proven(visit.tenant(), sso);
        if (event == InteractionEvent.FORGOT_PASSWORD) {
            throw ExperienceError.PROOF_NOT_FOR_FORGOT_PASSWORD.exception();
        }
        User user = ssoAccounts.recognise(visit.tenant(), proven);
        ssoOnly.require(visit.tenant(), user.primaryEmail(), proven.connector());
        return user.id();
    }

    /** Neither what was typed nor the account that was meant belongs to a company with a provider of its own. */
    void requireFree(Visit visit, @Nullable String typed, String userId) {
        if (ssoOnly.mayApply(visit.tenant())) {
            ssoOnly.requireFree(visit.tenant(), typed);
            database.read(visit.tenant(), tx -> users.find(tx, userId))
                    .ifPresent(user -> ssoOnly.requireFree(visit.tenant(), user.primaryEmail()));
        }
    }

    private Identification register(Visit visit, Progress progress, @Nullable String verificationId) {
        if (progress.userId() != null) {
            throw ExperienceError.IDENTITY_CONFLICT.exception();
        }
        invited.requireOpen(visit, InteractionEvent.REGISTER);
        PendingProfile profile = invited.address(visit)
                .map(address -> progress.profile().withEmail(address))
                .orElse(progress.profile());
        if (verificationId != null) {
            switch (find(progress, verificationId)) {
                case NewPasswordIdentity identity ->
                    profile =
                            profile.withUsername(identity.identifier().value()).withPassword(identity.passwordDigest());
                case EnterpriseSsoVerification sso -> {
                    return registerBySso(visit, progress, sso);
                }
                case PasswordVerification known -> throw VerificationError.NOT_VERIFIED.exception();
            }
        }
        SignInExperience rules = settings.of(visit.tenant());
        Progress told = progress.withProfile(profile);
        List<MissingProfile> missing = MandatoryProfile.missing(rules.signUp(), profile);
        if (!missing.isEmpty()) {
            visit.change(told);
            return new Identification.Missing(missing);
        }
        if (!MandatoryProfile.namesAnAccount(rules.signUp(), profile)) {
            throw UserError.SIGN_IN_METHOD_NOT_ENABLED.exception();
        }
        ssoOnly.requireFree(visit.tenant(), profile.username().orElse(null));
        ssoOnly.requireFree(visit.tenant(), profile.email().orElse(null));
        return create(visit, told, verificationId, tx -> registration.register(tx, rules, told.profile()));
    }

    /** Whom a company vouches for needs no password of ours, and tells us nothing that the company has not told. */
    private Identification registerBySso(Visit visit, Progress told, EnterpriseSsoVerification sso) {
        Proven proven = ssoAccounts.proven(visit.tenant(), sso);
        invited.requireOpenFor(visit, proven.email());
        return create(visit, told, sso.id(), tx -> {
            User user = registration.register(tx, proven);
            ssoAccounts.registered(tx, user, proven);
            return user;
        });
    }

    /** One transaction: the account, what follows from it, and that this visitor is its owner. */
    private Identification create(
            Visit visit, Progress told, @Nullable String verificationId, Function<Tx, User> registering) {
        record Made(String userId, Progress progress) {}
        Made made = database.write(visit.tenant(), tx -> {
            User user = registering.apply(tx);
            Progress owned = told.withProfile(PendingProfile.EMPTY).withUser(user.id(), verificationId);
            interactions.saveExperience(tx, visit.interaction().uid(), owned.stored());
            events.publish(tx, visit.tell("Identifier.Submit").user(user.id()));
            return new Made(user.id(), owned);
        });
        // Only now: whoever catches a refusal and saves the visit must not save an account that was rolled back.
        visit.change(made.progress);
        visit.saved();
        return new Identification.Registered(made.userId);
    }

    private static Verification find(Progress progress, String verificationId) {
        return progress.verification(verificationId).orElseThrow(VerificationError.NOT_FOUND::exception);
    }
}
