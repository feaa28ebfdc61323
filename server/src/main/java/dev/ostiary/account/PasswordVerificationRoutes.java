package dev.ostiary.account;

import dev.ostiary.db.Database;
import dev.ostiary.errors.AppException;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.users.PasswordCheck;
import dev.ostiary.users.Users;
import dev.ostiary.verifications.VerificationRecords;
import dev.ostiary.verifications.VerificationRecords.Issued;
import dev.ostiary.verifications.VerificationType;
import jakarta.validation.constraints.Size;

/** {@code POST /api/verifications/password}: the user shows again that it is them. */
public final class PasswordVerificationRoutes {
    private static final String TAG = "Verifications";

    private final AccountAccess access;
    private final PasswordCheck check;
    private final Users users;
    private final VerificationRecords records;
    private final Events events;
    private final Database database;

    public PasswordVerificationRoutes(
            AccountAccess access,
            PasswordCheck check,
            Users users,
            VerificationRecords records,
            Events events,
            Database database) {
        this.access = access;
        this.check = check;
        this.users = users;
        this.records = records;
        this.events = events;
        this.database = database;
    }

    record Attempt(@Size(min = 1, max = 1024) String password) {}

    /** @param expiresAt ISO 8601 */
    record View(String verificationRecordId, String expiresAt) {}

    public void mount(Routes api) {
        api.post("/verifications/password", this::verify)
                .documented("CreateVerificationByPassword", TAG)
                .takes(Attempt.class)
                .answers(201, View.class)
                .answers(400, 401, 403, 422);
    }

    /** A wrong one counts as it does at the sign-in: the same lock, whichever door is tried (SI3). */
    private Response verify(Request request) {
        AccountCaller caller = access.authenticate(request);
        caller.requireOwnApplication();
        String password = request.body(Attempt.class).password();
        String tenant = request.tenant();
        try {
            check.require(tenant, database.read(tenant, tx -> users.get(tx, caller.userId())), password);
        } catch (AppException refusal) {
            events.publish(tenant, told(request, caller).failed(refusal.code()));
            throw refusal;
        }
        Issued issued = database.write(tenant, tx -> {
            events.publish(tx, told(request, caller));
            return records.create(tx, caller.userId(), VerificationType.PASSWORD);
        });
        return Response.json(201, new View(issued.id(), issued.expiresAt().toString()))
                .with("Cache-Control", "no-store");
    }

    private static Event told(Request request, AccountCaller caller) {
        return Event.of("AccountApi.Verification.Password")
                .user(caller.userId())
                .application(caller.clientId())
                .session(caller.sessionUid())
                .from(request);
    }
}
