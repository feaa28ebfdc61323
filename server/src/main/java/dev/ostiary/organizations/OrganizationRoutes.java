package dev.ostiary.organizations;

import dev.ostiary.applications.Applications;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.http.ETags;
import dev.ostiary.http.Page;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.organizations.OrganizationJson.Create;
import dev.ostiary.organizations.OrganizationJson.Joined;
import dev.ostiary.organizations.OrganizationJson.Overview;
import dev.ostiary.organizations.OrganizationJson.Patch;
import dev.ostiary.organizations.OrganizationJson.View;
import dev.ostiary.users.Users;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** {@code /organizations}, and the organizations of a user and of an application. Their members are {@link MemberRoutes}. */
public final class OrganizationRoutes {
    private static final String TAG = "Organizations";

    private final Database database;
    private final Organizations organizations;
    private final Users users;
    private final Applications applications;

    public OrganizationRoutes(Database database, Organizations organizations, Users users, Applications applications) {
        this.database = database;
        this.organizations = organizations;
        this.users = users;
        this.applications = applications;
    }

    public void mount(Routes api) {
        api.get("/organizations", this::list)
                .documented("ListOrganizations", TAG)
                .query("q", "showFeatured")
                .paged()
                .answersList(200, Overview.class)
                .answers(400, 401, 403);
        api.post("/organizations", this::create)
                .documented("CreateOrganization", TAG)
                .takes(Create.class)
                .answers(201, View.class)
                .answers(400, 401, 403, 422);
        api.get("/organizations/{id}", this::get)
                .documented("GetOrganization", TAG)
                .answers(200, View.class)
                .answers(400, 401, 403, 404);
        api.patch("/organizations/{id}", this::update)
                .documented("UpdateOrganization", TAG)
                .takes(Patch.class)
                .answers(200, View.class)
                .answers(400, 401, 403, 404, 412, 422);
        api.delete("/organizations/{id}", this::delete)
                .documented("DeleteOrganization", TAG)
                .answers(204, 400, 401, 403, 404);
        mountJoined(api);
        new MemberRoutes(database, organizations, applications).mount(api);
    }

    private void mountJoined(Routes api) {
        api.get("/users/{userId}/organizations", joined(MemberKind.USER, "userId", users::get)::list)
                .documented("ListUserOrganizations", "Users")
                .paged()
                .answersList(200, Joined.class)
                .answers(400, 401, 403, 404);
        api.get("/applications/{id}/organizations", joined(MemberKind.APPLICATION, "id", applications::get)::list)
                .documented("ListApplicationOrganizations", "Applications")
                .paged()
                .answersList(200, Joined.class)
                .answers(400, 401, 403, 404);
    }

    private Response list(Request request) {
        Page page = Page.of(request);
        boolean featured = Asked.isTrue(request, "showFeatured");
        Optional<String> text = Asked.text(request);
        // A search sets the planner's ways for its own transaction.
        return text.isEmpty()
                ? database.read(
                        request.tenant(), tx -> list(tx, request, page, OrganizationLists.page(tx, page), featured))
                : database.write(
                        request.tenant(),
                        tx -> list(tx, request, page, OrganizationLists.search(tx, text.get(), page), featured));
    }

    private static Response list(Tx tx, Request request, Page page, IdPage found, boolean featured) {
        return found.answer(page, request, OrganizationLists.rows(tx, found.ids(), featured));
    }

    private Response create(Request request) {
        Create wanted = request.body(Create.class);
        Organization organization = database.write(request.tenant(), tx -> organizations.create(tx, wanted));
        return ETags.tagged(Response.json(201, View.of(request.tenant(), organization)));
    }

    private Response get(Request request) {
        return database.read(
                request.tenant(),
                tx -> Response.json(View.of(tx.tenant(), organizations.get(tx, request.param("id")))));
    }

    private Response update(Request request) {
        Patch patch = request.body(Patch.class);
        return database.write(request.tenant(), tx -> {
            Organization old = organizations.lock(tx, request.param("id"));
            ETags.requireUnchanged(request, View.of(tx.tenant(), old));
            Organization changed = patch.laidOver(old);
            organizations.update(tx, changed);
            return ETags.tagged(Response.json(View.of(tx.tenant(), changed)));
        });
    }

    private Response delete(Request request) {
        database.run(request.tenant(), tx -> organizations.delete(tx, request.param("id")));
        return Response.noContent();
    }

    /** @param require throws not-found unless there is a member of that id */
    private JoinedList joined(MemberKind kind, String param, BiConsumer<Tx, String> require) {
        return new JoinedList(kind, param, require);
    }

    /** The organizations of one member. */
    private final class JoinedList {
        private final MemberKind kind;
        private final String param;
        private final BiConsumer<Tx, String> require;

        JoinedList(MemberKind kind, String param, BiConsumer<Tx, String> require) {
            this.kind = kind;
            this.param = param;
            this.require = require;
        }

        Response list(Request request) {
            Optional<Page> page = Page.optional(request);
            String id = request.param(param);
            return database.read(request.tenant(), tx -> {
                require.accept(tx, id);
                List<Joined> rows = OrganizationLists.joined(tx, kind, id, Asked.offset(page), Asked.limit(page));
                return Asked.list(request, page, rows, () -> OrganizationLists.countJoined(tx, kind, id));
            });
        }
    }
}
