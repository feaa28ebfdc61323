package dev.ostiary.applications;

import dev.ostiary.db.Database;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import jakarta.validation.constraints.Size;

/**
 * Domains of protected applications: they belong to an authenticating proxy at the edge of a cloud, and there is none here.
 * An application that exists is told so; one that does not is not found.
 */
public final class ProtectedApplicationRoutes {
    private static final String TAG = "Applications";
    private static final String PATH = "/applications/{id}/protected-app-metadata/custom-domains";
    private static final String OPERATION = "ApplicationProtectedAppMetadataCustomDomain";

    private final Database database;
    private final Applications applications;

    public ProtectedApplicationRoutes(Database database, Applications applications) {
        this.database = database;
        this.applications = applications;
    }

    record Domain(@Size(min = 1, max = 253) String domain) {}

    public void mount(Routes api) {
        api.get(PATH, this::refuse).documented("List" + OPERATION + "s", TAG).answers(404, 501);
        api.post(PATH, this::refuse)
                .documented("Create" + OPERATION, TAG)
                .takes(Domain.class)
                .answers(404, 501);
        api.delete(PATH + "/{domain}", this::refuse)
                .documented("Delete" + OPERATION, TAG)
                .answers(404, 501);
    }

    private Response refuse(Request request) {
        if (request.method().equals("POST")) {
            request.body(Domain.class);
        }
        database.read(request.tenant(), tx -> applications.get(tx, request.param("id")));
        throw ApplicationError.PROTECTED_APP_NOT_CONFIGURED.exception();
    }
}
