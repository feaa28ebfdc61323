package dev.ostiary.experience;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.PasswordDigest;
import dev.ostiary.db.Database;
import dev.ostiary.users.PasswordPolicy.Owner;
import dev.ostiary.users.User;
import dev.ostiary.users.UserError;
import dev.ostiary.users.Users;
import dev.ostiary.verifications.Identifier;
import dev.ostiary.verifications.NewPasswordIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps in which a visitor tells what his account shall be called and opened by. */
final class ProfileSteps {
    private final Database database;
    private final Users users;
    private final SignInExperiences settings;
    private final NewPasswords newPasswords;
    private final Ids ids;

    ProfileSteps(Experience.Parts parts) {
        this.database = parts.database();
        this.users = parts.users();
        this.settings = parts.settings();
        this.newPasswords = new NewPasswords(parts.passwords(), parts.breached());
        this.ids = parts.ids();
    }

    String newPasswordIdentity(Visit visit, String username, String password) {
        Progress progress = visit.progress();
        SignInExperience rules = settings.of(visit.tenant());
        requireFree(visit, rules, username);
        PasswordDigest digest = newPasswords.accept(rules, password, new Owner(null, username, null, null));
        NewPasswordIdentity identity = new NewPasswordIdentity(ids.standard(), Identifier.username(username), digest);
        visit.change(progress.with(identity));
        return identity.id();
    }

    private void requireFree(Visit visit, SignInExperience rules, String username) {
        rules.usernamePolicy().check(username);
        boolean caseSensitive = rules.usernamePolicy().caseSensitive();
        if (database.read(visit.tenant(), tx -> users.findByUsername(tx, username, caseSensitive))
                .isPresent()) {
            throw UserError.USERNAME_ALREADY_IN_USE.exception();
        }
    }

    /** @throws AppException 422 {@code user.username_exists_in_profile} if the account has one, 404 without an account */
    void addUsername(Visit visit, String username) {
        Progress progress = visit.progress();
        if (owner(visit, progress).filter(user -> user.username() != null).isPresent()) {
            throw UserError.USERNAME_EXISTS_IN_PROFILE.exception();
        }
        requireFree(visit, settings.of(visit.tenant()), username);
        visit.change(progress.withProfile(progress.profile().withUsername(username)));
    }

    /** @throws AppException 422 {@code user.password_exists_in_profile} if the account has one, 404 without an account */
    void addPassword(Visit visit, String password) {
        Progress progress = visit.progress();
        Optional<User> user = owner(visit, progress);
        if (user.filter(User::hasPassword).isPresent()) {
            throw UserError.PASSWORD_EXISTS_IN_PROFILE.exception();
        }
        String username = progress.profile().username().orElse(null);
        Owner owner = user.map(known -> new Owner(
                        known.name(),
                        known.username() == null ? username : known.username(),
                        known.primaryEmail(),
                        known.primaryPhone()))
                .orElseGet(() -> new Owner(null, username, null, null));
        PasswordDigest digest = newPasswords.accept(settings.of(visit.tenant()), password, owner);
        visit.change(progress.withProfile(progress.profile().withPassword(digest)));
    }

    /** The account a profile is added to; empty while a registration has none yet. */
    private Optional<User> owner(Visit visit, Progress progress) {
        if (progress.interactionEvent() == InteractionEvent.FORGOT_PASSWORD) {
            throw ExperienceError.NOT_FOR_FORGOT_PASSWORD.exception();
        }
        String userId = progress.userId();
        if (userId == null) {
            if (progress.interactionEvent() == InteractionEvent.REGISTER) {
                return Optional.empty();
            }
            throw ExperienceError.IDENTIFIER_NOT_FOUND.exception();
        }
        return database.read(visit.tenant(), tx -> users.find(tx, userId));
    }

    /** Only fields that the tenant defined may be told, and none can be defined yet. */
    void addExtra(Visit visit, List<String> names) {
        owner(visit, visit.progress());
        if (!names.isEmpty()) {
            throw ExperienceError.UNKNOWN_PROFILE_FIELD.exception(Map.of("names", names));
        }
    }
}
