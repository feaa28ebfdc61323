package dev.ostiary.mfa;

import dev.ostiary.db.Database;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.mfa.FactorJson.Create;
import dev.ostiary.mfa.FactorJson.CreateBackupCodes;
import dev.ostiary.mfa.FactorJson.CreateTotp;
import dev.ostiary.users.User;
import java.net.URI;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/users/{userId}/mfa-verifications}. */
public final class FactorRoutes {
    private static final String TAG = "Users";

    private final Database database;
    private final Factors factors;

    public FactorRoutes(Database database, Factors factors) {
        this.database = database;
        this.factors = factors;
    }

    public void mount(Routes api) {
        api.get("/users/{userId}/mfa-verifications", this::list)
                .documented("ListUserMfaVerifications", TAG)
                .answersList(200, FactorJson.View.class)
                .answers(400, 401, 403, 404);
        api.post("/users/{userId}/mfa-verifications", this::add)
                .documented("CreateUserMfaVerification", TAG)
                .takes(Create.class)
                .answers(200, ObjectNode.class)
                .answers(400, 401, 403, 404, 422);
        api.delete("/users/{userId}/mfa-verifications/{verificationId}", this::remove)
                .documented("DeleteUserMfaVerification", TAG)
                .answers(204, 400, 401, 403, 404);
    }

    private Response list(Request request) {
        User user = database.read(request.tenant(), tx -> factors.user(tx, request.param("userId")));
        return Response.json(
                user.mfaVerifications().valueStream().map(FactorJson.View::of).toList());
    }

    /** The only time that keys and codes are shown. */
    private Response add(Request request) {
        Object made =
                switch (request.body(Create.class)) {
                    case CreateTotp totp -> totp(request, totp);
                    case CreateBackupCodes backup ->
                        new FactorJson.NewBackupCodes(
                                Factors.BACKUP_CODE,
                                database.write(
                                        request.tenant(),
                                        tx -> factors.addBackupCodes(tx, request.param("userId"), backup.codes())));
                };
        return Response.json(made).with("Cache-Control", "no-store");
    }

    private FactorJson.NewTotp totp(Request request, CreateTotp wanted) {
        record Made(TotpSecret secret, User user) {}
        Made made = database.write(request.tenant(), tx -> {
            TotpSecret secret = factors.addTotp(tx, request.param("userId"), wanted.secret());
            return new Made(secret, factors.user(tx, request.param("userId")));
        });
        String issuer =
                Objects.requireNonNullElse(URI.create(request.site().origin()).getHost(), request.tenant());
        String uri = made.secret.uri(issuer, account(made.user));
        return new FactorJson.NewTotp(Factors.TOTP, made.secret.base32(), QrCode.dataUri(uri));
    }

    /** What the authenticator app shows beside the code. */
    private static String account(User user) {
        return Stream.of(user.username(), user.primaryEmail(), user.primaryPhone(), user.name())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(user.id());
    }

    private Response remove(Request request) {
        database.run(
                request.tenant(), tx -> factors.remove(tx, request.param("userId"), request.param("verificationId")));
        return Response.noContent();
    }
}
