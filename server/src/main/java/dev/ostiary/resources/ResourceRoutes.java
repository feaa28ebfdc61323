package dev.ostiary.resources;

import dev.ostiary.db.Database;
import dev.ostiary.db.Search;
import dev.ostiary.http.ETags;
import dev.ostiary.http.Page;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.resources.ResourceJson.Create;
import dev.ostiary.resources.ResourceJson.CreateScope;
import dev.ostiary.resources.ResourceJson.IsDefault;
import dev.ostiary.resources.ResourceJson.Patch;
import dev.ostiary.resources.ResourceJson.PatchScope;
import dev.ostiary.resources.ResourceJson.ScopeView;
import dev.ostiary.resources.ResourceJson.View;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code /resources} of the Management API. */
public final class ResourceRoutes {
    private static final String TAG = "Resources";
    private static final Set<String> TRUE = Set.of("1", "true", "y", "yes", "yep", "yeah");

    private final Database database;
    private final Resources resources;

    public ResourceRoutes(Database database, Resources resources) {
        this.database = database;
        this.resources = resources;
    }

    public void mount(Routes api) {
        api.get("/resources", this::list)
                .documented("ListResources", TAG)
                .query("includeScopes", "search")
                .paged()
                .answersList(200, View.class);
        api.post("/resources", this::create)
                .documented("CreateResource", TAG)
                .takes(Create.class)
                .answers(201, View.class)
                .answers(400, 422);
        api.get("/resources/{id}", this::get)
                .documented("GetResource", TAG)
                .answers(200, View.class)
                .answers(404);
        api.patch("/resources/{id}", this::update)
                .documented("UpdateResource", TAG)
                .takes(Patch.class)
                .answers(200, View.class)
                .answers(400, 404, 412);
        api.delete("/resources/{id}", this::delete)
                .documented("DeleteResource", TAG)
                .answers(204, 400, 404);
        api.patch("/resources/{id}/is-default", this::updateIsDefault)
                .documented("UpdateResourceIsDefault", TAG)
                .takes(IsDefault.class)
                .answers(200, View.class)
                .answers(400, 404, 412);
        mountScopes(api);
    }

    private void mountScopes(Routes api) {
        api.get("/resources/{resourceId}/scopes", this::listScopes)
                .documented("ListResourceScopes", TAG)
                .query("search")
                .paged()
                .answersList(200, ScopeView.class);
        api.post("/resources/{resourceId}/scopes", this::createScope)
                .documented("CreateResourceScope", TAG)
                .takes(CreateScope.class)
                .answers(201, ScopeView.class)
                .answers(400, 404, 422);
        api.patch("/resources/{resourceId}/scopes/{scopeId}", this::updateScope)
                .documented("UpdateResourceScope", TAG)
                .takes(PatchScope.class)
                .answers(200, ScopeView.class)
                .answers(400, 404, 422);
        api.delete("/resources/{resourceId}/scopes/{scopeId}", this::deleteScope)
                .documented("DeleteResourceScope", TAG)
                .answers(204, 400, 404);
    }

    private Response list(Request request) {
        boolean includeScopes = request.query()
                .first("includeScopes")
                .map(v -> TRUE.contains(v.toLowerCase(Locale.ROOT)))
                .orElse(false);
        Search search = Search.of(request.query().names(), request.query()::all, ResourceStore.SEARCHABLE);
        Optional<Page> page = Page.optional(request);
        return database.read(request.tenant(), tx -> {
            long offset = page.map(Page::offset).orElse(0L);
            long limit = page.map(p -> (long) p.size()).orElse(Long.MAX_VALUE);
            List<View> rows = ResourceStore.list(tx, search, offset, limit).stream()
                    .map(resource ->
                            includeScopes ? View.withScopes(tx.tenant(), resource) : View.of(tx.tenant(), resource))
                    .toList();
            return page.map(p -> p.answer(request, rows, ResourceStore.count(tx, search)))
                    .orElseGet(() -> Response.json(rows));
        });
    }

    private Response create(Request request) {
        Create wanted = request.body(Create.class);
        return database.write(
                request.tenant(), tx -> Response.json(201, View.withScopes(tx.tenant(), resources.create(tx, wanted))));
    }

    private Response get(Request request) {
        return database.read(
                request.tenant(), tx -> Response.json(View.of(tx.tenant(), resources.get(tx, request.param("id")))));
    }

    private Response update(Request request) {
        Patch patch = request.body(Patch.class);
        String id = request.param("id");
        return database.write(request.tenant(), tx -> {
            ETags.requireUnchanged(request, View.of(tx.tenant(), resources.lock(tx, id)));
            return Response.json(View.of(tx.tenant(), resources.change(tx, id, patch)));
        });
    }

    private Response delete(Request request) {
        database.run(request.tenant(), tx -> resources.delete(tx, request.param("id")));
        return Response.noContent();
    }

    private Response updateIsDefault(Request request) {
        boolean isDefault = request.body(IsDefault.class).isDefault();
        String id = request.param("id");
        return database.write(request.tenant(), tx -> {
            ETags.requireUnchanged(request, View.of(tx.tenant(), resources.lock(tx, id)));
            return Response.json(View.of(tx.tenant(), resources.setDefault(tx, id, isDefault)));
        });
    }

    private Response listScopes(Request request) {
        String resourceId = request.param("resourceId");
        Search search = Search.of(request.query().names(), request.query()::all, ScopeStore.SEARCHABLE);
        Optional<Page> page = Page.optional(request);
        return database.read(request.tenant(), tx -> {
            long offset = page.map(Page::offset).orElse(0L);
            long limit = page.map(p -> (long) p.size()).orElse(Long.MAX_VALUE);
            List<ScopeView> rows = ScopeStore.list(tx, resourceId, search, offset, limit).stream()
                    .map(scope -> ScopeView.of(tx.tenant(), scope))
                    .toList();
            return page.map(p -> p.answer(request, rows, ScopeStore.count(tx, resourceId, search)))
                    .orElseGet(() -> Response.json(rows));
        });
    }

    private Response createScope(Request request) {
        CreateScope wanted = request.body(CreateScope.class);
        return database.write(
                request.tenant(),
                tx -> Response.json(
                        201,
                        ScopeView.of(tx.tenant(), resources.createScope(tx, request.param("resourceId"), wanted))));
    }

    private Response updateScope(Request request) {
        PatchScope patch = request.body(PatchScope.class);
        return database.write(request.tenant(), tx -> {
            Scope changed = resources.changeScope(tx, request.param("resourceId"), request.param("scopeId"), patch);
            return Response.json(ScopeView.of(tx.tenant(), changed));
        });
    }

    private Response deleteScope(Request request) {
        database.run(
                request.tenant(),
                tx -> resources.deleteScope(tx, request.param("resourceId"), request.param("scopeId")));
        return Response.noContent();
    }
}
