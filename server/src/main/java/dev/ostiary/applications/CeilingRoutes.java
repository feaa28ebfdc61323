package dev.ostiary.applications;

import dev.ostiary.db.Database;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;

/**
 * What clients may ask users for that nobody of the tenant has made: {@code /cimd/user-consent-scopes} and
 * {@code /configs/oidc/registration/user-consent-scopes} of the Management API.
 */
public final class CeilingRoutes {
    private final Database database;
    private final ConsentSettings settings;

    public CeilingRoutes(Database database, ConsentSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    public void mount(Routes api) {
        api.get("/cimd/user-consent-scopes", request -> view(request, Ceiling.CIMD))
                .documented("ListCimdUserConsentScopes", "CIMD")
                .answers(200, ConsentScopeJson.View.class)
                .answers(401, 403);
        api.post("/cimd/user-consent-scopes", request -> add(request, Ceiling.CIMD))
                .documented("AssignCimdUserConsentScopes", "CIMD")
                .takes(ConsentScopeJson.Add.class)
                .answers(201, 400, 401, 403, 422);
        api.delete("/cimd/user-consent-scopes/{scopeType}/{scopeId}", request -> remove(request, Ceiling.CIMD))
                .documented("DeleteCimdUserConsentScope", "CIMD")
                .answers(204, 400, 401, 403, 404);
        String registration = "/configs/oidc/registration/user-consent-scopes";
        api.get(registration, request -> view(request, Ceiling.REGISTRATION))
                .documented("ListRegistrationUserConsentScopes", "Configs")
                .answers(200, ConsentScopeJson.View.class)
                .answers(401, 403);
        api.post(registration, request -> add(request, Ceiling.REGISTRATION))
                .documented("AssignRegistrationUserConsentScopes", "Configs")
                .takes(ConsentScopeJson.Add.class)
                .answers(201, 400, 401, 403, 422);
        api.delete(registration + "/{scopeType}/{scopeId}", request -> remove(request, Ceiling.REGISTRATION))
                .documented("DeleteRegistrationUserConsentScope", "Configs")
                .answers(204, 400, 401, 403, 404);
    }

    private Response view(Request request, Ceiling ceiling) {
        return Response.json(database.read(request.tenant(), tx -> settings.view(tx, ceiling)));
    }

    private Response add(Request request, Ceiling ceiling) {
        ConsentScopeJson.Add wanted = request.body(ConsentScopeJson.Add.class);
        database.run(request.tenant(), tx -> settings.add(tx, ceiling, wanted));
        return Response.empty(201);
    }

    private Response remove(Request request, Ceiling ceiling) {
        database.run(
                request.tenant(),
                tx -> settings.remove(tx, ceiling, request.param("scopeType"), request.param("scopeId")));
        return Response.noContent();
    }
}
