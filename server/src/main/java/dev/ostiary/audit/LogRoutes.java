package dev.ostiary.audit;

import dev.ostiary.db.Database;
import dev.ostiary.errors.CommonError;
import dev.ostiary.http.Page;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/logs}. */
public final class LogRoutes {
    private final Database database;

    public LogRoutes(Database database) {
        this.database = database;
    }

    /** @param createdAt ms */
    public record View(String tenantId, String id, String key, JsonNode payload, long createdAt) {}

    public void mount(Routes api) {
        api.get("/logs", this::list)
                .documented("ListLogs", "Audit logs")
                .paged()
                .query("userId", "applicationId", "logKey", "start_time", "end_time", "enableCap")
                .answersList(200, View.class)
                .answers(400, 401, 403);
        api.get("/logs/{id}", this::get)
                .documented("GetLog", "Audit logs")
                .answers(200, View.class)
                .answers(401, 403, 404);
    }

    private Response list(Request request) {
        Page page = Page.of(request);
        LogFilter filter = new LogFilter(
                request.query().get("userId"),
                request.query().get("applicationId"),
                request.query().get("logKey"),
                time(request.query().get("start_time")),
                time(request.query().get("end_time")));
        boolean cap = "true".equals(request.query().get("enableCap"));
        return database.read(request.tenant(), tx -> {
            List<View> rows = LogStore.list(tx, filter, page);
            long total = LogStore.count(tx, filter, cap);
            boolean capped = cap && total > LogStore.CAP;
            return page.headers(request, Response.json(rows), total, capped);
        });
    }

    private Response get(Request request) {
        return database.read(request.tenant(), tx -> LogStore.find(tx, request.param("id")))
                .map(Response::json)
                .orElseThrow(() -> CommonError.ENTITY_NOT_EXISTS_WITH_ID.exception());
    }

    private static @Nullable Instant time(@Nullable String milliseconds) {
        if (milliseconds == null) {
            return null;
        }
        try {
            return Instant.ofEpochMilli(Long.parseLong(milliseconds));
        } catch (NumberFormatException e) {
            throw CommonError.INVALID_REQUEST_INPUT.exception();
        }
    }

    static View view(java.sql.ResultSet rs) throws java.sql.SQLException {
        return new View(
                rs.getString("tenant_id"),
                rs.getString("id"),
                rs.getString("key"),
                Json.readStored(rs.getString("payload")),
                rs.getTimestamp("created_at").getTime());
    }
}
