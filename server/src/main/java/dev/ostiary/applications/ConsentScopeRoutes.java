package dev.ostiary.applications;

import dev.ostiary.db.Database;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;

/** {@code /applications/{id}/user-consent-scopes} of the Management API. */
public final class ConsentScopeRoutes {
    private static final String TAG = "Applications";
    private static final String PATH = "/applications/{applicationId}/user-consent-scopes";

    private final Database database;
    private final ConsentSettings settings;

    public ConsentScopeRoutes(Database database, ConsentSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    public void mount(Routes api) {
        api.post(PATH, this::add)
                .documented("CreateApplicationUserConsentScope", TAG)
                .takes(ConsentScopeJson.Add.class)
                .answers(201, 404, 422);
        api.get(PATH, this::view)
                .documented("ListApplicationUserConsentScopes", TAG)
                .answers(200, ConsentScopeJson.View.class)
                .answers(404);
        api.delete(PATH + "/{scopeType}/{scopeId}", this::remove)
                .documented("DeleteApplicationUserConsentScope", TAG)
                .answers(204, 404);
    }

    private Response add(Request request) {
        ConsentScopeJson.Add wanted = request.body(ConsentScopeJson.Add.class);
        database.run(request.tenant(), tx -> settings.add(tx, request.param("applicationId"), wanted));
        return Response.empty(201);
    }

    private Response view(Request request) {
        return Response.json(database.read(request.tenant(), tx -> settings.view(tx, request.param("applicationId"))));
    }

    private Response remove(Request request) {
        database.run(
                request.tenant(),
                tx -> settings.remove(
                        tx, request.param("applicationId"), request.param("scopeType"), request.param("scopeId")));
        return Response.noContent();
    }
}
