package dev.ostiary.users;

import dev.ostiary.access.Caller;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/users/{userId}/personal-access-tokens}. A name may hold what no segment of a URL can, so renaming and
 * deleting exist with the name in the body too.
 */
public final class PersonalAccessTokenRoutes {
    private static final String TAG = "Users";
    private static final String ALL = "/users/{userId}/personal-access-tokens";

    private final Database database;
    private final Users users;
    private final PersonalAccessTokens tokens;
    private final Events events;

    public PersonalAccessTokenRoutes(Database database, Users users, PersonalAccessTokens tokens, Events events) {
        this.database = database;
        this.users = users;
        this.tokens = tokens;
        this.events = events;
    }

    /** @param expiresAt milliseconds since the epoch */
    record Create(@Size(min = 1, max = 256) String name, @Min(0) @Max(253_402_300_799_999L) @Nullable Long expiresAt) {
        @Nullable
        Instant expiry() {
            return expiresAt == null ? null : Instant.ofEpochMilli(expiresAt);
        }
    }

    record Rename(@Size(min = 1, max = 256) String name) {}

    record RenameNamed(@Size(min = 1, max = 256) String name, String currentName) {}

    record Named(String name) {}

    record View(String tenantId, String userId, String name, String value, long createdAt, @Nullable Long expiresAt) {
        static View of(Tx tx, PersonalAccessToken token) {
            Instant expiresAt = token.expiresAt();
            return new View(
                    tx.tenant(),
                    token.userId(),
                    token.name(),
                    token.value(),
                    token.createdAt().toEpochMilli(),
                    expiresAt == null ? null : expiresAt.toEpochMilli());
        }
    }

    public void mount(Routes api) {
        api.get(ALL, this::list)
                .documented("ListUserPersonalAccessTokens", TAG)
                .answersList(200, View.class)
                .answers(400, 401, 403, 404);
        api.post(ALL, this::create)
                .documented("CreateUserPersonalAccessToken", TAG)
                .takes(Create.class)
                .answers(201, View.class)
                .answers(400, 401, 403, 404, 422);
        api.patch(ALL, this::renameNamed)
                .documented("UpdatePersonalAccessTokenName", TAG)
                .takes(RenameNamed.class)
                .answers(200, View.class)
                .answers(400, 401, 403, 404, 422);
        api.post(ALL + "/delete", this::deleteNamed)
                .documented("DeletePersonalAccessTokenPost", TAG)
                .takes(Named.class)
                .answers(204, 400, 401, 403, 404);
        api.patch(ALL + "/{name}", this::rename)
                .documented("UpdateUserPersonalAccessToken", TAG)
                .takes(Rename.class)
                .answers(200, View.class)
                .answers(400, 401, 403, 404, 422);
        api.delete(ALL + "/{name}", request -> delete(request, request.param("name")))
                .documented("DeleteUserPersonalAccessToken", TAG)
                .answers(204, 400, 401, 403, 404);
    }

    private Response list(Request request) {
        return database.write(request.tenant(), tx -> {
            User user = users.get(tx, request.param("userId"));
            List<PersonalAccessToken> revealed = tokens.reveal(tx, user.id());
            if (!revealed.isEmpty()) {
                events.publish(tx, read(request, revealed));
            }
            return confidential(Response.json(
                    revealed.stream().map(token -> View.of(tx, token)).toList()));
        });
    }

    /** Who has seen them could use them (AU1). */
    private static Event read(Request request, List<PersonalAccessToken> revealed) {
        Caller caller = Caller.of(request);
        Event read = Event.of("ManagementApi.Secrets.Read")
                .application(caller.clientId())
                .from(request)
                .with("path", request.path())
                .with("names", revealed.stream().map(PersonalAccessToken::name).toList());
        return caller.isApplication() ? read : read.user(caller.subject());
    }

    private Response create(Request request) {
        Create wanted = request.body(Create.class);
        return database.write(request.tenant(), tx -> {
            User user = users.get(tx, request.param("userId"));
            PersonalAccessToken made = tokens.create(tx, user.id(), wanted.name(), wanted.expiry());
            return confidential(Response.json(201, View.of(tx, made)));
        });
    }

    private Response rename(Request request) {
        return rename(request, request.param("name"), request.body(Rename.class).name());
    }

    private Response renameNamed(Request request) {
        RenameNamed wanted = request.body(RenameNamed.class);
        return rename(request, wanted.currentName(), wanted.name());
    }

    private Response rename(Request request, String name, String newName) {
        return confidential(database.write(
                request.tenant(),
                tx -> Response.json(View.of(tx, tokens.rename(tx, request.param("userId"), name, newName)))));
    }

    private Response deleteNamed(Request request) {
        return delete(request, request.body(Named.class).name());
    }

    private Response delete(Request request, String name) {
        database.run(request.tenant(), tx -> tokens.delete(tx, request.param("userId"), name));
        return Response.noContent();
    }

    private static Response confidential(Response response) {
        return response.with("Cache-Control", "no-store");
    }
}
