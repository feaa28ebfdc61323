package dev.ostiary.roles;

import dev.ostiary.db.Database;
import dev.ostiary.db.Search;
import dev.ostiary.db.Tx;
import dev.ostiary.http.ETags;
import dev.ostiary.http.Page;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Shape;
import dev.ostiary.resources.Resource;
import dev.ostiary.resources.ResourceJson.ScopeView;
import dev.ostiary.resources.Resources;
import dev.ostiary.resources.Scope;
import dev.ostiary.roles.RoleJson.Create;
import dev.ostiary.roles.RoleJson.Overview;
import dev.ostiary.roles.RoleJson.Patch;
import dev.ostiary.roles.RoleJson.RoleScope;
import dev.ostiary.roles.RoleJson.ScopeIds;
import dev.ostiary.roles.RoleJson.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /roles} of the Management API: roles and what they may. */
public final class RoleRoutes {
    private static final String TAG = "Roles";

    private final Database database;
    private final Roles roles;
    private final Resources resources;

    public RoleRoutes(Database database, Roles roles, Resources resources) {
        this.database = database;
        this.roles = roles;
        this.resources = resources;
    }

    public void mount(Routes api) {
        api.get("/roles", this::list)
                .documented("ListRoles", TAG)
                .query("excludeUserId", "excludeApplicationId", "type", "search", "resourceId", "scopeId")
                .paged()
                .answersList(200, Overview.class);
        api.post("/roles", this::create)
                .documented("CreateRole", TAG)
                .takes(Create.class)
                .answers(200, View.class)
                .answers(400, 404, 422);
        api.get("/roles/{id}", this::get)
                .documented("GetRole", TAG)
                .answers(200, View.class)
                .answers(404);
        api.patch("/roles/{id}", this::update)
                .documented("UpdateRole", TAG)
                .takes(Patch.class)
                .answers(200, View.class)
                .answers(403, 404, 412, 422);
        api.delete("/roles/{id}", this::delete).documented("DeleteRole", TAG).answers(204, 403, 404);
        api.get("/roles/{id}/scopes", this::listScopes)
                .documented("ListRoleScopes", TAG)
                .query("search")
                .paged()
                .answersList(200, RoleScope.class)
                .answers(404);
        api.post("/roles/{id}/scopes", this::addScopes)
                .documented("CreateRoleScope", TAG)
                .takes(ScopeIds.class)
                .answersList(201, ScopeView.class)
                .answers(400, 404, 422);
        api.delete("/roles/{id}/scopes/{scopeId}", this::removeScope)
                .documented("DeleteRoleScope", TAG)
                .answers(204, 403, 404);
    }

    private Response list(Request request) {
        RoleFilter filter = new RoleFilter(
                request.query().first("type").map(RoleRoutes::type),
                request.query().first("excludeUserId"),
                request.query().first("excludeApplicationId"),
                request.query().first("resourceId"),
                request.query().first("scopeId"),
                Search.of(request.query().names(), request.query()::all, RoleFilter.SEARCHABLE));
        Optional<Page> page = Page.optional(request);
        return database.read(request.tenant(), tx -> {
            List<Overview> rows = RoleStore.list(tx, filter, offset(page), limit(page));
            return page.map(p -> p.answer(request, rows, RoleStore.count(tx, filter)))
                    .orElseGet(() -> Response.json(rows));
        });
    }

    private static RoleType type(String wire) {
        return Arrays.stream(RoleType.values())
                .filter(type -> type.wire().equals(wire))
                .findAny()
                .orElseThrow(() -> Shape.invalid("Not a type of role", "type"));
    }

    private Response create(Request request) {
        Create wanted = request.body(Create.class);
        return database.write(request.tenant(), tx -> Response.json(View.of(tx.tenant(), roles.create(tx, wanted))));
    }

    private Response get(Request request) {
        return database.read(
                request.tenant(), tx -> Response.json(View.of(tx.tenant(), roles.get(tx, request.param("id")))));
    }

    private Response update(Request request) {
        Patch patch = request.body(Patch.class);
        String id = request.param("id");
        return database.write(request.tenant(), tx -> {
            ETags.requireUnchanged(request, View.of(tx.tenant(), roles.lock(tx, id)));
            return Response.json(View.of(tx.tenant(), roles.change(tx, id, patch)));
        });
    }

    private Response delete(Request request) {
        database.run(request.tenant(), tx -> roles.delete(tx, request.param("id")));
        return Response.noContent();
    }

    private Response listScopes(Request request) {
        String id = request.param("id");
        Search search = Search.of(request.query().names(), request.query()::all, RoleScopeStore.SEARCHABLE);
        Optional<Page> page = Page.optional(request);
        return database.read(request.tenant(), tx -> {
            roles.get(tx, id);
            List<Scope> scopes = RoleScopeStore.list(tx, id, search, offset(page), limit(page));
            List<RoleScope> rows = withResources(tx, scopes);
            return page.map(p -> p.answer(request, rows, RoleScopeStore.count(tx, id, search)))
                    .orElseGet(() -> Response.json(rows));
        });
    }

    private List<RoleScope> withResources(Tx tx, List<Scope> scopes) {
        Map<String, Resource> byId =
                resources
                        .all(
                                tx,
                                scopes.stream()
                                        .map(Scope::resourceId)
                                        .distinct()
                                        .toList())
                        .stream()
                        .collect(Collectors.toMap(Resource::id, Function.identity()));
        List<RoleScope> rows = new ArrayList<>();
        for (Scope scope : scopes) {
            Resource resource = byId.get(scope.resourceId());
            // A resource that was deleted meanwhile took its scopes along.
            if (resource != null) {
                rows.add(RoleScope.of(tx.tenant(), scope, resource));
            }
        }
        return rows;
    }

    private Response addScopes(Request request) {
        List<String> scopeIds = request.body(ScopeIds.class).scopeIds();
        return database.write(request.tenant(), tx -> {
            List<ScopeView> added = roles.addScopes(tx, request.param("id"), scopeIds).stream()
                    .map(scope -> ScopeView.of(tx.tenant(), scope))
                    .toList();
            return Response.json(201, added);
        });
    }

    private Response removeScope(Request request) {
        database.run(request.tenant(), tx -> roles.removeScope(tx, request.param("id"), request.param("scopeId")));
        return Response.noContent();
    }

    static long offset(Optional<Page> page) {
        return page.map(Page::offset).orElse(0L);
    }

    static long limit(Optional<Page> page) {
        return page.map(p -> (long) p.size()).orElse(Long.MAX_VALUE);
    }
}
