package dev.ostiary.oidc.registration;

import dev.ostiary.applications.ApplicationType;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Database;
import dev.ostiary.errors.CommonError;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Shape;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /configs/oidc/registration} of the Management API: who may register clients, and which. */
public final class RegistrationConfigRoutes {
    private static final String TAG = "Configs";
    private static final String PATH = "/configs/oidc/registration";
    private static final String TOKENS = PATH + "/initial-access-tokens";
    private static final int MOST_TOKENS = 1000;

    private final Database database;
    private final Registration registration;
    private final Ids ids;
    private final Clock clock;

    public RegistrationConfigRoutes(Database database, Registration registration, Ids ids, Clock clock) {
        this.database = database;
        this.registration = registration;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param maxUses null: any number
     * @param expiresAt milliseconds since the epoch; null: until it is revoked
     */
    record Create(
            @Size(min = 1, max = 128) String name,
            @Min(1) @Max(100_000) @Nullable Integer maxUses,
            @Min(0) @Max(253_402_300_799_999L) @Nullable Long expiresAt,
            Optional<@Size(min = 1, max = 3) List<ApplicationType>> types,
            Optional<@Size(min = 1, max = 100) List<@Size(min = 1, max = 253) String>> redirectHosts) {
        Create {
            types.ifPresent(RegistrationSettings::check);
            redirectHosts.ifPresent(RedirectHosts::check);
        }
    }

    /** @param value only in the answer that made it: nobody can read it later */
    record View(
            String id,
            String name,
            int uses,
            @Nullable Integer maxUses,
            Optional<List<ApplicationType>> types,
            Optional<List<String>> redirectHosts,
            long createdAt,
            @Nullable Long expiresAt,
            Optional<String> value) {
        static View of(InitialAccessToken token, Optional<String> value) {
            Instant expiresAt = token.expiresAt();
            return new View(
                    token.id(),
                    token.name(),
                    token.uses(),
                    token.maxUses(),
                    token.types(),
                    token.redirectHosts(),
                    token.createdAt().toEpochMilli(),
                    expiresAt == null ? null : expiresAt.toEpochMilli(),
                    value);
        }
    }

    public void mount(Routes api) {
        api.get(PATH, this::get)
                .documented("GetRegistrationConfig", TAG)
                .answers(200, RegistrationSettings.class)
                .answers(401, 403);
        api.patch(PATH, this::update)
                .documented("UpdateRegistrationConfig", TAG)
                .takes(RegistrationSettings.Patch.class)
                .answers(200, RegistrationSettings.class)
                .answers(400, 401, 403);
        api.get(TOKENS, this::list)
                .documented("ListInitialAccessTokens", TAG)
                .answersList(200, View.class)
                .answers(401, 403);
        api.post(TOKENS, this::create)
                .documented("CreateInitialAccessToken", TAG)
                .takes(Create.class)
                .answers(201, View.class)
                .answers(400, 401, 403, 422);
        api.delete(TOKENS + "/{tokenId}", this::delete)
                .documented("DeleteInitialAccessToken", TAG)
                .answers(204, 401, 403, 404);
    }

    private Response get(Request request) {
        return Response.json(database.read(request.tenant(), RegistrationSettings::read));
    }

    private Response update(Request request) {
        RegistrationSettings.Patch patch = request.body(RegistrationSettings.Patch.class);
        return Response.json(database.write(request.tenant(), tx -> registration.change(tx, patch)));
    }

    private Response list(Request request) {
        return Response.json(database.read(request.tenant(), InitialAccessTokenStore::list).stream()
                .map(token -> View.of(token, Optional.empty()))
                .toList());
    }

    private Response create(Request request) {
        Create wanted = request.body(Create.class);
        Instant now = Instant.ofEpochMilli(clock.millis());
        Instant expiresAt = wanted.expiresAt() == null ? null : Instant.ofEpochMilli(wanted.expiresAt());
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw Shape.invalid("Must be in the future", "expiresAt");
        }
        InitialAccessToken token = new InitialAccessToken(
                ids.standard(),
                wanted.name(),
                0,
                wanted.maxUses(),
                wanted.types(),
                wanted.redirectHosts(),
                now,
                expiresAt);
        String value = ids.token();
        database.run(request.tenant(), tx -> {
            if (InitialAccessTokenStore.count(tx) >= MOST_TOKENS) {
                throw CommonError.CREATE_FAILED.exception();
            }
            InitialAccessTokenStore.insert(tx, token, Hashes.sha256(value));
        });
        return Response.json(201, View.of(token, Optional.of(value))).with("Cache-Control", "no-store");
    }

    /** Clients that were registered with it stay. */
    private Response delete(Request request) {
        boolean deleted =
                database.write(request.tenant(), tx -> InitialAccessTokenStore.delete(tx, request.param("tokenId")));
        if (!deleted) {
            throw CommonError.ENTITY_NOT_FOUND.exception();
        }
        return Response.noContent();
    }
}
