package dev.ostiary.organizations;

import dev.ostiary.applications.ApplicationError;
import dev.ostiary.applications.Applications;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.CommonError;
import dev.ostiary.http.Page;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.users.Users;
import jakarta.validation.constraints.Size;
import java.util.List;

/** {@code /applications/{id}/users/{userId}/consent-organizations} of the Management API. */
public final class ConsentOrganizationRoutes {
    private static final String TAG = "Applications";
    private static final String PATH = "/applications/{id}/users/{userId}/consent-organizations";

    private final Database database;
    private final ConsentOrganizations consents;
    private final Applications applications;
    private final Users users;

    public ConsentOrganizationRoutes(
            Database database, ConsentOrganizations consents, Applications applications, Users users) {
        this.database = database;
        this.consents = consents;
        this.applications = applications;
        this.users = users;
    }

    record OrganizationIds(@Size(max = 1000) List<@Size(min = 1) String> organizationIds) {}

    record Listed(List<OrganizationJson.View> organizations) {}

    public void mount(Routes api) {
        api.get(PATH, this::list)
                .documented("ListApplicationUserConsentOrganizations", TAG)
                .paged()
                .answers(200, Listed.class)
                .answers(404, 422);
        api.put(PATH, this::replace)
                .documented("ReplaceApplicationUserConsentOrganizations", TAG)
                .takes(OrganizationIds.class)
                .answers(204, 404, 422);
        api.post(PATH, this::grant)
                .documented("CreateApplicationUserConsentOrganization", TAG)
                .takes(OrganizationIds.class)
                .answers(201, 404, 422);
        api.delete(PATH + "/{organizationId}", this::revoke)
                .documented("DeleteApplicationUserConsentOrganization", TAG)
                .answers(204, 404, 422);
    }

    private Response list(Request request) {
        Page page = Page.of(request);
        return database.read(request.tenant(), tx -> {
            Pair pair = pair(tx, request);
            List<OrganizationJson.View> rows =
                    ConsentOrganizationStore.list(tx, pair.applicationId, pair.userId, page.offset(), page.size())
                            .stream()
                            .map(organization -> OrganizationJson.View.of(tx.tenant(), organization))
                            .toList();
            long total = ConsentOrganizationStore.count(tx, pair.applicationId, pair.userId);
            return page.headers(request, Response.json(new Listed(rows)), total, false);
        });
    }

    private Response replace(Request request) {
        List<String> ids = request.body(OrganizationIds.class).organizationIds();
        database.run(request.tenant(), tx -> {
            Pair pair = pair(tx, request);
            consents.replace(tx, pair.applicationId, pair.userId, ids);
        });
        return Response.noContent();
    }

    private Response grant(Request request) {
        List<String> ids = request.body(OrganizationIds.class).organizationIds();
        database.run(request.tenant(), tx -> {
            Pair pair = pair(tx, request);
            consents.grant(tx, pair.applicationId, pair.userId, ids);
        });
        return Response.empty(201);
    }

    private Response revoke(Request request) {
        database.run(request.tenant(), tx -> {
            Pair pair = pair(tx, request);
            if (!consents.revoke(tx, pair.applicationId, pair.userId, request.param("organizationId"))) {
                throw CommonError.ENTITY_NOT_FOUND.exception();
            }
        });
        return Response.noContent();
    }

    private record Pair(String applicationId, String userId) {}

    /** Applications of our own are not asked of users: there is nothing to allow. */
    private Pair pair(Tx tx, Request request) {
        Pair pair = new Pair(request.param("id"), request.param("userId"));
        if (!applications.get(tx, pair.applicationId).isThirdParty()) {
            throw ApplicationError.THIRD_PARTY_ONLY.exception();
        }
        users.get(tx, pair.userId);
        return pair;
    }
}
