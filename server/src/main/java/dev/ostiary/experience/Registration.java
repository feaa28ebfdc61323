package dev.ostiary.experience;

import dev.ostiary.crypto.PasswordDigest;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.experience.SsoAccounts.Proven;
import dev.ostiary.json.Json;
import dev.ostiary.users.NewUser;
import dev.ostiary.users.ProfileChange;
import dev.ostiary.users.User;
import dev.ostiary.users.UserError;
import dev.ostiary.users.Users;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes accounts of what visitors told. */
final class Registration {
    private final Users users;
    private final List<BiConsumer<Tx, User>> afterRegister = new CopyOnWriteArrayList<>();

    Registration(Users users) {
        this.users = users;
    }

    void afterRegister(BiConsumer<Tx, User> listener) {
        afterRegister.add(listener);
    }

    User register(Tx tx, SignInExperience settings, PendingProfile profile) {
        String username = profile.username().orElse(null);
        if (username != null && !settings.usernamePolicy().caseSensitive()) {
            requireFreeInAnyCase(tx, username);
        }
        @Nullable PasswordDigest password = profile.password().orElse(null);
        ObjectNode none = Json.object();
        User user = users.create(
                tx, new NewUser(username, profile.email().orElse(null), null, null, null, none, none, password));
        afterRegister.forEach(listener -> listener.accept(tx, user));
        return user;
    }

    /** Whom a company vouches for. */
    User register(Tx tx, Proven proven) {
        SsoPerson person = SsoPerson.of(proven.profile());
        String email = proven.email().orElse(null);
        ObjectNode none = Json.object();
        User user = users.create(tx, new NewUser(null, email, null, person.name(), person.avatar(), none, none, null));
        afterRegister.forEach(listener -> listener.accept(tx, user));
        return user;
    }

    /** @throws AppException 422 {@code user.*_exists_in_profile}: what an account has is not replaced by signing in */
    static void requireFitting(User user, PendingProfile profile) {
        if (profile.username().isPresent() && user.username() != null) {
            throw UserError.USERNAME_EXISTS_IN_PROFILE.exception();
        }
        if (profile.password().isPresent() && user.hasPassword()) {
            throw UserError.PASSWORD_EXISTS_IN_PROFILE.exception();
        }
    }

    /** Gives an existing account what it lacks. */
    void fill(Tx tx, SignInExperience settings, User user, PendingProfile profile) {
        profile.username().ifPresent(username -> {
            if (!settings.usernamePolicy().caseSensitive()) {
                requireFreeInAnyCase(tx, username);
            }
            users.fill(tx, user.id(), ProfileChange.none().withUsername(username));
        });
        profile.password().ifPresent(digest -> users.setPassword(tx, user.id(), digest));
    }

    /** The unique index tells John from john; who registers either of them here waits for the other. */
    private void requireFreeInAnyCase(Tx tx, String username) {
        tx.query("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))::text")
                .bind("name", tx.tenant() + '/' + username.toLowerCase(Locale.ROOT))
                .mapTo(String.class)
                .one();
        if (users.findByUsername(tx, username, false).isPresent()) {
            throw UserError.USERNAME_ALREADY_IN_USE.exception();
        }
    }
}
