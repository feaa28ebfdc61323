package dev.ostiary.users;

import dev.ostiary.crypto.PasswordDigest;
import dev.ostiary.db.Database;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.users.UserJson.View;

/** {@code /api/users/{userId}/password…}. The password policy is for users themselves: an administrator may set anything. */
final class PasswordRoutes {
    private static final String TAG = "Users";

    private final Database database;
    private final Users users;
    private final Passwords passwords;
    private final PasswordCheck check;

    PasswordRoutes(Database database, Users users, Passwords passwords, PasswordCheck check) {
        this.check = check;
        this.database = database;
        this.users = users;
        this.passwords = passwords;
    }

    void mount(Routes api) {
        api.patch("/users/{userId}/password", this::set)
                .documented("UpdateUserPassword", TAG)
                .takes(UserJson.NewPassword.class)
                .answers(200, View.class)
                .answers(400, 401, 403, 404, 422);
        api.patch("/users/{userId}/password/expiration", this::expire)
                .documented("UpdateUserPasswordExpiration", TAG)
                .takes(UserJson.Expiration.class)
                .answers(200, View.class)
                .answers(400, 401, 403, 404);
        api.post("/users/{userId}/password/verify", this::verify)
                .documented("VerifyUserPassword", TAG)
                .takes(UserJson.PasswordAttempt.class)
                .answers(204, 400, 401, 403, 404, 422);
        api.get("/users/{userId}/has-password", this::has)
                .documented("GetUserHasPassword", TAG)
                .answers(200, UserJson.HasPassword.class)
                .answers(400, 401, 403, 404);
    }

    private Response set(Request request) {
        UserJson.NewPassword wanted = request.body(UserJson.NewPassword.class);
        User user = user(request);
        PasswordDigest digest = passwords.hash(wanted.password());
        return UserRoutes.view(database.write(request.tenant(), tx -> {
            User changed = users.setPassword(tx, user.id(), digest);
            if (wanted.signOut().orElse(false)) {
                users.signOut(tx, user.id());
            }
            return changed;
        }));
    }

    private Response expire(Request request) {
        boolean expired = request.body(UserJson.Expiration.class).isExpired();
        return UserRoutes.view(
                database.write(request.tenant(), tx -> users.expirePassword(tx, request.param("userId"), expired)));
    }

    private Response verify(Request request) {
        String password = request.body(UserJson.PasswordAttempt.class).password();
        User user = user(request);
        check.require(request.tenant(), user, password);
        return Response.noContent();
    }

    private Response has(Request request) {
        return Response.json(new UserJson.HasPassword(user(request).hasPassword()));
    }

    private User user(Request request) {
        return database.read(request.tenant(), tx -> users.get(tx, request.param("userId")));
    }
}
