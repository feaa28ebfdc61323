package dev.ostiary.organizations;

import dev.ostiary.access.Caller;
import dev.ostiary.db.Database;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.ETags;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;

/** {@code /applications/{id}/access-control} of the Management API. */
public final class ApplicationAccessRoutes {
    private static final String TAG = "Applications";
    private static final String PATH = "/applications/{applicationId}/access-control";

    private final Database database;
    private final ApplicationAccess access;
    private final Events events;

    public ApplicationAccessRoutes(Database database, ApplicationAccess access, Events events) {
        this.database = database;
        this.access = access;
        this.events = events;
    }

    public void mount(Routes api) {
        api.get(PATH, this::get)
                .documented("GetApplicationAccessControl", TAG)
                .answers(200, ApplicationAccessJson.Rules.class)
                .answers(404);
        api.put(PATH, this::replace)
                .documented("ReplaceApplicationAccessControl", TAG)
                .takes(ApplicationAccessJson.Replace.class)
                .answers(200, ApplicationAccessJson.Rules.class)
                .answers(404, 412, 422);
    }

    private Response get(Request request) {
        return Response.json(database.read(request.tenant(), tx -> access.rules(tx, request.param("applicationId"))));
    }

    private Response replace(Request request) {
        ApplicationAccessJson.Replace wanted = request.body(ApplicationAccessJson.Replace.class);
        String id = request.param("applicationId");
        return database.write(request.tenant(), tx -> {
            ApplicationAccessJson.Rules rules =
                    access.replace(tx, id, wanted, before -> ETags.requireUnchanged(request, before));
            Caller caller = Caller.of(request);
            Event changed = Event.of("Application.AccessControl.Updated")
                    .application(caller.clientId())
                    .from(request)
                    .with("applicationId", id)
                    .with("rules", wanted.rules().size());
            events.publish(tx, caller.isApplication() ? changed : changed.user(caller.subject()));
            return ETags.tagged(Response.json(rules));
        });
    }
}
