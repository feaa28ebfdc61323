package dev.ostiary.applications;

import dev.ostiary.applications.ApplicationLookJson.Put;
import dev.ostiary.applications.ApplicationLookJson.View;
import dev.ostiary.db.Database;
import dev.ostiary.http.ETags;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;

/** {@code /applications/{id}/sign-in-experience} of the Management API. */
public final class ApplicationLookRoutes {
    private static final String TAG = "Applications";
    private static final String PATH = "/applications/{applicationId}/sign-in-experience";

    private final Database database;
    private final ApplicationLooks looks;

    public ApplicationLookRoutes(Database database, ApplicationLooks looks) {
        this.database = database;
        this.looks = looks;
    }

    public void mount(Routes api) {
        api.put(PATH, this::put)
                .documented("ReplaceApplicationSignInExperience", TAG)
                .takes(Put.class)
                .answers(200, View.class)
                .answers(201, View.class)
                .answers(404, 412, 422);
        api.get(PATH, this::get)
                .documented("GetApplicationSignInExperience", TAG)
                .answers(200, View.class)
                .answers(404);
    }

    private Response get(Request request) {
        String id = request.param("applicationId");
        return Response.json(database.read(request.tenant(), tx -> View.of(tx.tenant(), id, looks.get(tx, id))));
    }

    private Response put(Request request) {
        Put wanted = request.body(Put.class);
        String id = request.param("applicationId");
        return database.write(request.tenant(), tx -> {
            boolean isNew = looks.change(tx, id, (before, first) -> {
                if (!first) {
                    ETags.requireUnchanged(request, View.of(tx.tenant(), id, before));
                }
                return wanted.over(before);
            });
            return ETags.tagged(Response.json(isNew ? 201 : 200, View.of(tx.tenant(), id, looks.get(tx, id))));
        });
    }
}
