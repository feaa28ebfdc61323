package dev.ostiary.app;

import dev.ostiary.crypto.ConstantTime;
import dev.ostiary.crypto.Secret;
import dev.ostiary.db.Database;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import java.util.Map;
import java.util.Optional;

/** {@code GET /api/status}: 204 when requests can be served, 503 and the reason when not. */
final class StatusRoutes {
    private final Database database;
    private final Optional<Secret> apiKey;

    StatusRoutes(Database database, Optional<Secret> apiKey) {
        this.database = database;
        this.apiKey = apiKey;
    }

    void mount(Routes api) {
        api.get("/status", this::status).documented("GetStatus", "Status").answers(204);
    }

    private Response status(Request request) {
        if (!database.isReachable()) {
            return Response.json(
                    503, Map.of("code", "system.database_unavailable", "message", "PostgreSQL does not answer."));
        }
        String sent = request.header("Logto-Status-Api-Key");
        boolean known = sent != null
                && apiKey.isPresent()
                && ConstantTime.equal(sent, apiKey.get().reveal());
        return known ? Response.noContent().with("logto-tenant-id", request.tenant()) : Response.noContent();
    }
}
