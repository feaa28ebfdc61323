package dev.ostiary.roles;

import dev.ostiary.applications.ApplicationJson;
import dev.ostiary.applications.Applications;
import dev.ostiary.db.Database;
import dev.ostiary.db.Search;
import dev.ostiary.db.Tx;
import dev.ostiary.http.Page;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.roles.RoleJson.Added;
import dev.ostiary.roles.RoleJson.AnyRoleIds;
import dev.ostiary.roles.RoleJson.ApplicationIds;
import dev.ostiary.roles.RoleJson.RoleIds;
import dev.ostiary.roles.RoleJson.UserIds;
import dev.ostiary.roles.RoleJson.View;
import dev.ostiary.users.UserJson;
import dev.ostiary.users.Users;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Who holds which role: {@code /users/{id}/roles}, {@code /applications/{id}/roles} and the same from the role's side. */
public final class HolderRoutes {
    private final Database database;
    private final Roles roles;
    private final Users users;
    private final Applications applications;

    public HolderRoutes(Database database, Roles roles, Users users, Applications applications) {
        this.database = database;
        this.roles = roles;
        this.users = users;
        this.applications = applications;
    }

    public void mount(Routes api) {
        new RolesOf(Holder.USER, "userId", (tx, id) -> users.get(tx, id)).mount(api, "/users", "User", "Users");
        new RolesOf(Holder.APPLICATION, "applicationId", (tx, id) -> applications.get(tx, id))
                .mount(api, "/applications", "Application", "Applications");
        mountUsers(api);
        mountApplications(api);
    }

    private void mountUsers(Routes api) {
        api.get("/roles/{id}/users", this::listUsers)
                .documented("ListRoleUsers", "Roles")
                .query("search")
                .paged()
                .answersList(200, UserJson.View.class)
                .answers(404);
        api.post("/roles/{id}/users", this::addUsers)
                .documented("CreateRoleUser", "Roles")
                .takes(UserIds.class)
                .answers(201, 404, 422);
        api.delete("/roles/{id}/users/{userId}", request -> remove(request, Holder.USER, "userId"))
                .documented("DeleteRoleUser", "Roles")
                .answers(204, 404);
    }

    private void mountApplications(Routes api) {
        api.get("/roles/{id}/applications", this::listApplications)
                .documented("ListRoleApplications", "Roles")
                .query("search")
                .paged()
                .answersList(200, ApplicationJson.View.class)
                .answers(404);
        api.post("/roles/{id}/applications", this::addApplications)
                .documented("CreateRoleApplication", "Roles")
                .takes(ApplicationIds.class)
                .answers(201, 404, 422);
        api.delete(
                        "/roles/{id}/applications/{applicationId}",
                        request -> remove(request, Holder.APPLICATION, "applicationId"))
                .documented("DeleteRoleApplication", "Roles")
                .answers(204, 404);
    }

    private Response listUsers(Request request) {
        String id = request.param("id");
        Search search = Search.of(request.query().names(), request.query()::all, Users.SEARCHABLE);
        Page page = Page.of(request);
        return database.write(request.tenant(), tx -> {
            roles.get(tx, id);
            RoleUserStore.Found found = RoleUserStore.page(tx, id, search, page);
            List<UserJson.View> rows =
                    found.users().stream().map(UserJson.View::of).toList();
            return page.headers(request, Response.json(rows), found.total(), found.capped());
        });
    }

    private Response addUsers(Request request) {
        List<String> userIds = request.body(UserIds.class).userIds();
        database.run(request.tenant(), tx -> roles.addHolders(tx, Holder.USER, request.param("id"), userIds));
        return Response.empty(201);
    }

    private Response listApplications(Request request) {
        String id = request.param("id");
        Search search = Search.of(request.query().names(), request.query()::all, HolderStore.APPLICATION_FIELDS);
        Page page = Page.of(request);
        return database.read(request.tenant(), tx -> {
            roles.get(tx, id);
            List<String> ids = HolderStore.applications(tx, id, search, page.offset(), page.size());
            List<ApplicationJson.View> rows = applications.all(tx, ids).stream()
                    .map(application -> ApplicationJson.View.of(tx.tenant(), application))
                    .toList();
            return page.answer(request, rows, HolderStore.countApplications(tx, id, search));
        });
    }

    private Response addApplications(Request request) {
        List<String> ids = request.body(ApplicationIds.class).applicationIds();
        database.run(request.tenant(), tx -> {
            applications.all(tx, ids).forEach(Roles::requireMachine);
            roles.addHolders(tx, Holder.APPLICATION, request.param("id"), ids);
        });
        return Response.empty(201);
    }

    private Response remove(Request request, Holder holder, String holderParam) {
        database.run(request.tenant(), tx -> roles.remove(tx, holder, request.param(holderParam), request.param("id")));
        return Response.noContent();
    }

    /** The roles of one user or application. */
    private final class RolesOf {
        private final Holder holder;
        private final String idParam;
        private final BiConsumer<Tx, String> require;

        /** @param require throws not-found unless there is a holder of the id */
        RolesOf(Holder holder, String idParam, BiConsumer<Tx, String> require) {
            this.holder = holder;
            this.idParam = idParam;
            this.require = require;
        }

        void mount(Routes api, String path, String noun, String tag) {
            String all = path + "/{" + idParam + "}/roles";
            api.get(all, this::list)
                    .documented("List" + noun + "Roles", tag)
                    .query("search")
                    .paged()
                    .answersList(200, View.class)
                    .answers(404);
            api.post(all, this::assign)
                    .documented("Assign" + noun + "Roles", tag)
                    .takes(RoleIds.class)
                    .answers(201, Added.class)
                    .answers(404, 422);
            api.put(all, this::replace)
                    .documented("Replace" + noun + "Roles", tag)
                    .takes(AnyRoleIds.class)
                    .answers(200, AnyRoleIds.class)
                    .answers(404, 422);
            api.delete(all + "/{roleId}", this::remove)
                    .documented("Delete" + noun + "Role", tag)
                    .answers(204, 404);
        }

        private Response list(Request request) {
            RoleFilter filter =
                    RoleFilter.of(Search.of(request.query().names(), request.query()::all, RoleFilter.SEARCHABLE));
            Optional<Page> page = Page.optional(request);
            String id = request.param(idParam);
            return database.read(request.tenant(), tx -> {
                require.accept(tx, id);
                List<View> rows =
                        HolderStore.roles(tx, holder, id, filter, RoleRoutes.offset(page), RoleRoutes.limit(page))
                                .stream()
                                .map(role -> View.of(tx.tenant(), role))
                                .toList();
                return page.map(p -> p.answer(request, rows, HolderStore.count(tx, holder, id, filter)))
                        .orElseGet(() -> Response.json(rows));
            });
        }

        private Response assign(Request request) {
            List<String> roleIds = request.body(RoleIds.class).roleIds();
            String id = request.param(idParam);
            return database.write(request.tenant(), tx -> {
                requireHolder(tx, id);
                return Response.json(201, new Added(roleIds, roles.assign(tx, holder, id, roleIds)));
            });
        }

        private Response replace(Request request) {
            AnyRoleIds wanted = request.body(AnyRoleIds.class);
            String id = request.param(idParam);
            database.run(request.tenant(), tx -> {
                requireHolder(tx, id);
                roles.replace(tx, holder, id, wanted.roleIds());
            });
            return Response.json(wanted);
        }

        private Response remove(Request request) {
            database.run(
                    request.tenant(), tx -> roles.remove(tx, holder, request.param(idParam), request.param("roleId")));
            return Response.noContent();
        }

        private void requireHolder(Tx tx, String id) {
            if (holder == Holder.APPLICATION) {
                Roles.requireMachine(applications.get(tx, id));
            } else {
                require.accept(tx, id);
            }
        }
    }
}
