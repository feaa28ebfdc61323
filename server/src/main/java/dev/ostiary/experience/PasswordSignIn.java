package dev.ostiary.experience;

import dev.ostiary.base.Ids;
import dev.ostiary.errors.AppException;
import dev.ostiary.events.Events;
import dev.ostiary.users.User;
import dev.ostiary.users.UserError;
import dev.ostiary.verifications.Identifier;
import dev.ostiary.verifications.PasswordProofs;
import dev.ostiary.verifications.PasswordProofs.Verdict;
import dev.ostiary.verifications.PasswordVerification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The step in which an existing account proves itself by its password. */
final class PasswordSignIn {
    private final SignInExperiences settings;
    private final PasswordProofs proofs;
    private final Events events;
    private final Ids ids;
    private final Clock clock;

    PasswordSignIn(Experience.Parts parts) {
        this.settings = parts.settings();
        this.proofs = parts.proofs();
        this.events = parts.events();
        this.ids = parts.ids();
        this.clock = parts.clock();
    }

    String verify(Visit visit, Identifier identifier, String password) {
        Progress progress = visit.progress();
        SignInExperience rules = settings.of(visit.tenant());
        Verdict verdict = proofs.judge(
                visit.tenant(),
                identifier,
                password,
                rules.usernamePolicy().caseSensitive(),
                rules.sentinelPolicy().lockout());
        User user =
                switch (verdict) {
                    case Verdict.Right(User right) -> right;
                    case Verdict.Wrong(String userId, AppException refusal) -> throw refused(visit, userId, refusal);
                };
        Optional<AppException> closed = closed(user, rules);
        if (closed.isPresent()) {
            throw refused(visit, user.id(), closed.get());
        }
        PasswordVerification proof = new PasswordVerification(ids.standard(), identifier, user.id(), true);
        visit.change(progress.with(proof));
        return proof.id();
    }

    /** Told only to who knew the password. */
    private Optional<AppException> closed(User user, SignInExperience rules) {
        if (user.isSuspended()) {
            return Optional.of(UserError.SUSPENDED.exception());
        }
        if (user.isPasswordExpired() || isTooOld(user, rules.passwordExpiration())) {
            return Optional.of(UserError.PASSWORD_EXPIRED.exception());
        }
        return Optional.empty();
    }

    private boolean isTooOld(User user, SignInExperience.PasswordExpiration expiration) {
        if (!expiration.isOn()) {
            return false;
        }
        Instant set = user.passwordUpdatedAt() == null ? user.createdAt() : user.passwordUpdatedAt();
        Instant anchor = Instant.ofEpochMilli(expiration.enabledAt().orElse(0L));
        Instant counted = set.isAfter(anchor) ? set : anchor;
        return counted.plus(Duration.ofDays(expiration.validPeriodDays().orElseThrow()))
                .isBefore(clock.instant());
    }

    private AppException refused(Visit visit, @Nullable String userId, AppException refusal) {
        events.publish(
                visit.tenant(),
                visit.tell("Verification.Password.Submit").user(userId).failed(refusal.code()));
        return refusal;
    }
}
