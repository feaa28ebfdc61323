package dev.ostiary.users;

import dev.ostiary.access.Caller;
import dev.ostiary.crypto.PasswordDigest;
import dev.ostiary.crypto.UnusableDigestException;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.http.ETags;
import dev.ostiary.http.Page;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import dev.ostiary.users.UserJson.Include;
import dev.ostiary.users.UserJson.View;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/users}: basic data, suspension, settings. Passwords are {@link PasswordRoutes}. */
public final class UserRoutes {
    private static final String TAG = "Users";

    private final Database database;
    private final Users users;
    private final Passwords passwords;
    private final PasswordCheck passwordCheck;
    private final BiFunction<Tx, String, List<ObjectNode>> ssoIdentities;

    /** @param ssoIdentities accounts at enterprise identity providers of the user with that id, as the wire has them */
    public UserRoutes(
            Database database,
            Users users,
            Passwords passwords,
            PasswordCheck passwordCheck,
            BiFunction<Tx, String, List<ObjectNode>> ssoIdentities) {
        this.database = database;
        this.users = users;
        this.passwords = passwords;
        this.passwordCheck = passwordCheck;
        this.ssoIdentities = ssoIdentities;
    }

    public void mount(Routes api) {
        api.get("/users", this::list)
                .documented("ListUsers", TAG)
                .paged()
                .query("search", "mode", "joint", "isCaseSensitive", "excludeRoleId", "excludeOrganizationId")
                .query("includePasswordHash")
                .answersList(200, View.class)
                .answers(400, 401, 403);
        api.post("/users", this::create)
                .documented("CreateUser", TAG)
                .takes(UserJson.Create.class)
                .answers(200, View.class)
                .answers(400, 401, 403, 404, 422);
        api.get("/users/{userId}", this::get)
                .documented("GetUser", TAG)
                .query("includeSsoIdentities", "includePasswordHash")
                .answers(200, View.class)
                .answers(400, 401, 403, 404);
        api.patch("/users/{userId}", this::patch)
                .documented("UpdateUser", TAG)
                .takes(UserJson.Patch.class)
                .answers(200, View.class)
                .answers(400, 401, 403, 404, 412, 422);
        api.delete("/users/{userId}", this::delete)
                .documented("DeleteUser", TAG)
                .answers(204, 400, 401, 403, 404);
        api.patch("/users/{userId}/is-suspended", this::suspend)
                .documented("UpdateUserIsSuspended", TAG)
                .takes(UserJson.Suspension.class)
                .answers(200, View.class)
                .answers(400, 401, 403, 404);
        mountDocuments(api);
        new PasswordRoutes(database, users, passwords, passwordCheck).mount(api);
        new IdentityRoutes(database, users).mount(api);
    }

    private void mountDocuments(Routes api) {
        api.get("/users/{userId}/custom-data", request -> show(request, User::customData))
                .documented("ListUserCustomData", TAG)
                .answers(200, ObjectNode.class)
                .answers(400, 401, 403, 404);
        api.patch("/users/{userId}/custom-data", this::patchCustomData)
                .documented("UpdateUserCustomData", TAG)
                .takes(UserJson.CustomData.class)
                .answers(200, ObjectNode.class)
                .answers(400, 401, 403, 404);
        api.patch("/users/{userId}/profile", this::patchProfile)
                .documented("UpdateUserProfile", TAG)
                .takes(UserJson.ProfileBody.class)
                .answers(200, UserJson.Profile.class)
                .answers(400, 401, 403, 404);
        api.get("/users/{userId}/logto-configs", request -> show(request, UserJson.Config::of))
                .documented("ListUserLogtoConfigs", TAG)
                .answers(200, UserJson.Config.class)
                .answers(400, 401, 403, 404);
        api.patch("/users/{userId}/logto-configs", this::configure)
                .documented("UpdateUserLogtoConfigs", TAG)
                .takes(UserJson.ConfigPatch.class)
                .answers(200, UserJson.Config.class)
                .answers(400, 401, 403, 404);
    }

    private Response list(Request request) {
        Page page = Page.of(request);
        UserFilter filter = UserFilter.of(request.query());
        Include include = new Include(isTrue(request.query(), "includePasswordHash"));
        UserSearchStore.Found found = filter.search().isEmpty()
                ? database.read(
                        request.tenant(),
                        tx -> UserSearchStore.list(tx, filter.exclusion(), page.offset(), page.size()))
                : database.write(
                        request.tenant(), tx -> UserSearchStore.search(tx, filter, page.offset(), page.size()));
        List<Object> rows = found.users().stream()
                .map(user -> include.view(user, Optional.empty()))
                .toList();
        return page.headers(request, Response.json(rows), found.total(), found.capped());
    }

    private Response create(Request request) {
        UserJson.Create body = request.body(UserJson.Create.class);
        NewUser user = new NewUser(
                body.username().orElse(null),
                body.primaryEmail().orElse(null),
                body.primaryPhone().orElse(null),
                body.name().orElse(null),
                body.avatar().orElse(null),
                body.profile().map(UserJson.Profile::document).orElseGet(Json::object),
                body.customData().orElseGet(Json::object),
                password(body));
        return view(database.write(request.tenant(), tx -> users.create(tx, user)));
    }

    private @Nullable PasswordDigest password(UserJson.Create body) {
        if (body.password().isPresent() && body.passwordDigest().isPresent()) {
            throw UserError.PASSWORD_AND_DIGEST.exception();
        }
        if (body.passwordDigest().isPresent()) {
            return imported(body.passwordDigest().get(), body.passwordAlgorithm());
        }
        return body.password().map(passwords::hash).orElse(null);
    }

    /** @throws AppException if the digest could never verify, or would cost too much to */
    static PasswordDigest imported(String digest, Optional<UserJson.Algorithm> algorithm) {
        String name = algorithm
                .orElseThrow(UserError.PASSWORD_ALGORITHM_REQUIRED::exception)
                .name();
        try {
            return PasswordDigest.imported(digest, name);
        } catch (UnusableDigestException refused) {
            throw unusable(refused);
        }
    }

    private static AppException unusable(UnusableDigestException refused) {
        return switch (refused.reason()) {
            case UNSUPPORTED_METHOD -> UserError.UNSUPPORTED_ENCRYPTION_METHOD.exception();
            case LEGACY_FORMAT -> UserError.INVALID_LEGACY_PASSWORD.exception();
            case LEGACY_ALGORITHM -> UserError.UNSUPPORTED_LEGACY_HASH.exception();
            case TOO_COSTLY -> Shape.invalid("The parameters of the digest are too costly", "passwordDigest");
        };
    }

    private Response get(Request request) {
        Include include = new Include(isTrue(request.query(), "includePasswordHash"));
        boolean withIdentities = isTrue(request.query(), "includeSsoIdentities");
        return database.read(request.tenant(), tx -> {
            User user = users.get(tx, request.param("userId"));
            Optional<List<ObjectNode>> identities =
                    withIdentities ? Optional.of(ssoIdentities.apply(tx, user.id())) : Optional.empty();
            return ETags.tagged(Response.json(include.view(user, identities)), UserJson.Edited.of(user));
        });
    }

    private Response patch(Request request) {
        UserUpdate update = request.body(UserJson.Patch.class).update();
        User changed = change(request, (tx, id) -> {
            ETags.requireUnchanged(request, UserJson.Edited.of(users.lock(tx, id)));
            return users.replace(tx, id, update);
        });
        return ETags.tagged(view(changed), UserJson.Edited.of(changed));
    }

    private Response delete(Request request) {
        String id = request.param("userId");
        if (Caller.of(request).subject().equals(id)) {
            throw UserError.CANNOT_DELETE_SELF.exception();
        }
        database.run(request.tenant(), tx -> users.delete(tx, id));
        return Response.noContent();
    }

    private Response suspend(Request request) {
        boolean suspended = request.body(UserJson.Suspension.class).isSuspended();
        return view(change(request, (tx, id) -> users.suspend(tx, id, suspended)));
    }

    private Response patchCustomData(Request request) {
        ObjectNode keys = request.body(UserJson.CustomData.class).customData();
        ProfileChange change = ProfileChange.none().withCustomData(keys);
        User user = change(request, (tx, id) -> users.replace(tx, id, UserUpdate.merging(change)));
        return Response.json(user.customData());
    }

    private Response patchProfile(Request request) {
        ObjectNode keys = request.body(UserJson.ProfileBody.class).profile().document();
        ProfileChange change = ProfileChange.none().withProfile(keys);
        User user = change(request, (tx, id) -> users.replace(tx, id, UserUpdate.merging(change)));
        return Response.json(user.profile());
    }

    private Response configure(Request request) {
        ObjectNode keys = request.body(UserJson.ConfigPatch.class).document();
        return Response.json(UserJson.Config.of(change(request, (tx, id) -> users.configure(tx, id, keys))));
    }

    @FunctionalInterface
    private interface Change {
        User apply(Tx tx, String id);
    }

    private User change(Request request, Change change) {
        return database.write(request.tenant(), tx -> change.apply(tx, request.param("userId")));
    }

    private Response show(Request request, Function<User, Object> part) {
        User user = database.read(request.tenant(), tx -> users.get(tx, request.param("userId")));
        return Response.json(part.apply(user));
    }

    static Response view(User user) {
        return Response.json(View.of(user));
    }

    private static boolean isTrue(Params query, String name) {
        return "true".equals(query.get(name));
    }
}
