package dev.ostiary.organizations;

import dev.ostiary.db.Database;
import dev.ostiary.http.ETags;
import dev.ostiary.http.Page;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.organizations.TemplateJson.RoleOverview;
import dev.ostiary.organizations.TemplateJson.RoleView;
import dev.ostiary.organizations.TemplateJson.ScopeView;
import dev.ostiary.resources.ResourceJson;
import java.util.List;
import java.util.Optional;

/** {@code /organization-roles} and {@code /organization-scopes} of the Management API. */
public final class TemplateRoutes {
    private static final String ROLES = "Organization roles";
    private static final String SCOPES = "Organization scopes";

    private final Database database;
    private final OrganizationTemplate template;

    public TemplateRoutes(Database database, OrganizationTemplate template) {
        this.database = database;
        this.template = template;
    }

    public void mount(Routes api) {
        mountRoles(api);
        mountScopesOfRoles(api);
        mountScopes(api);
    }

    private void mountRoles(Routes api) {
        api.get("/organization-roles", this::listRoles)
                .documented("ListOrganizationRoles", ROLES)
                .query("q")
                .paged()
                .answersList(200, RoleOverview.class)
                .answers(400, 401, 403);
        api.post("/organization-roles", this::createRole)
                .documented("CreateOrganizationRole", ROLES)
                .takes(TemplateJson.CreateRole.class)
                .answers(201, RoleView.class)
                .answers(400, 401, 403, 422);
        api.get("/organization-roles/{id}", this::getRole)
                .documented("GetOrganizationRole", ROLES)
                .answers(200, RoleView.class)
                .answers(400, 401, 403, 404);
        api.patch("/organization-roles/{id}", this::updateRole)
                .documented("UpdateOrganizationRole", ROLES)
                .takes(TemplateJson.PatchRole.class)
                .answers(200, RoleView.class)
                .answers(400, 401, 403, 404, 412, 422);
        api.delete("/organization-roles/{id}", this::deleteRole)
                .documented("DeleteOrganizationRole", ROLES)
                .answers(204, 400, 401, 403, 404);
    }

    private void mountScopesOfRoles(Routes api) {
        String scopes = "/organization-roles/{id}/scopes";
        api.get(scopes, this::listScopesOfRole)
                .documented("ListOrganizationRoleScopes", ROLES)
                .paged()
                .answersList(200, ScopeView.class)
                .answers(400, 401, 403, 404);
        new RelationRoutes(database, OrganizationTemplate.ROLE_SCOPES, (tx, request) -> List.of(request.param("id")))
                .mount(
                        api,
                        scopes,
                        "organizationScopeId",
                        new RelationRoutes.Names(
                                ROLES,
                                "CreateOrganizationRoleScope",
                                "ReplaceOrganizationRoleScopes",
                                "DeleteOrganizationRoleScope"),
                        TemplateJson.ScopeIds.class,
                        TemplateJson.AnyScopeIds.class);
        String resourceScopes = "/organization-roles/{id}/resource-scopes";
        api.get(resourceScopes, this::listResourceScopes)
                .documented("ListOrganizationRoleResourceScopes", ROLES)
                .paged()
                .answersList(200, ResourceJson.ScopeView.class)
                .answers(400, 401, 403, 404);
        new RelationRoutes(
                        database,
                        OrganizationTemplate.ROLE_RESOURCE_SCOPES,
                        (tx, request) -> List.of(request.param("id")))
                .checkedBy(template::requireOpenScopes)
                .mount(
                        api,
                        resourceScopes,
                        "scopeId",
                        new RelationRoutes.Names(
                                ROLES,
                                "CreateOrganizationRoleResourceScope",
                                "ReplaceOrganizationRoleResourceScopes",
                                "DeleteOrganizationRoleResourceScope"),
                        TemplateJson.ResourceScopeIds.class,
                        TemplateJson.AnyResourceScopeIds.class);
    }

    private void mountScopes(Routes api) {
        api.get("/organization-scopes", this::listScopes)
                .documented("ListOrganizationScopes", SCOPES)
                .query("q")
                .paged()
                .answersList(200, ScopeView.class)
                .answers(400, 401, 403);
        api.post("/organization-scopes", this::createScope)
                .documented("CreateOrganizationScope", SCOPES)
                .takes(TemplateJson.CreateScope.class)
                .answers(201, ScopeView.class)
                .answers(400, 401, 403, 422);
        api.get("/organization-scopes/{id}", this::getScope)
                .documented("GetOrganizationScope", SCOPES)
                .answers(200, ScopeView.class)
                .answers(400, 401, 403, 404);
        api.patch("/organization-scopes/{id}", this::updateScope)
                .documented("UpdateOrganizationScope", SCOPES)
                .takes(TemplateJson.PatchScope.class)
                .answers(200, ScopeView.class)
                .answers(400, 401, 403, 404, 412, 422);
        api.delete("/organization-scopes/{id}", this::deleteScope)
                .documented("DeleteOrganizationScope", SCOPES)
                .answers(204, 400, 401, 403, 404);
    }

    private Response listRoles(Request request) {
        Optional<Page> page = Page.optional(request);
        Optional<String> text = Asked.text(request);
        return database.read(request.tenant(), tx -> {
            List<RoleOverview> rows = OrganizationRoleStore.list(tx, text, Asked.offset(page), Asked.limit(page));
            return Asked.list(request, page, rows, () -> OrganizationRoleStore.count(tx, text));
        });
    }

    private Response createRole(Request request) {
        TemplateJson.CreateRole wanted = request.body(TemplateJson.CreateRole.class);
        OrganizationRole role = database.write(request.tenant(), tx -> template.createRole(tx, wanted));
        return ETags.tagged(Response.json(201, RoleView.of(request.tenant(), role)));
    }

    private Response getRole(Request request) {
        return database.read(
                request.tenant(),
                tx -> Response.json(RoleView.of(tx.tenant(), template.role(tx, request.param("id")))));
    }

    private Response updateRole(Request request) {
        TemplateJson.PatchRole patch = request.body(TemplateJson.PatchRole.class);
        return database.write(request.tenant(), tx -> {
            OrganizationRole old = template.lockRole(tx, request.param("id"));
            ETags.requireUnchanged(request, RoleView.of(tx.tenant(), old));
            return ETags.tagged(Response.json(RoleView.of(tx.tenant(), template.changeRole(tx, old, patch))));
        });
    }

    private Response deleteRole(Request request) {
        database.run(request.tenant(), tx -> template.deleteRole(tx, request.param("id")));
        return Response.noContent();
    }

    private Response listScopesOfRole(Request request) {
        String id = request.param("id");
        Optional<Page> page = Page.optional(request);
        return database.read(request.tenant(), tx -> {
            template.role(tx, id);
            List<ScopeView> rows = OrganizationScopeStore.ofRole(tx, id, Asked.offset(page), Asked.limit(page)).stream()
                    .map(scope -> ScopeView.of(tx.tenant(), scope))
                    .toList();
            return Asked.list(request, page, rows, () -> OrganizationScopeStore.countOfRole(tx, id));
        });
    }

    private Response listResourceScopes(Request request) {
        String id = request.param("id");
        Optional<Page> page = Page.optional(request);
        return database.read(request.tenant(), tx -> {
            template.role(tx, id);
            List<ResourceJson.ScopeView> rows =
                    OrganizationRoleStore.resourceScopes(tx, id, Asked.offset(page), Asked.limit(page)).stream()
                            .map(scope -> ResourceJson.ScopeView.of(tx.tenant(), scope))
                            .toList();
            return Asked.list(request, page, rows, () -> OrganizationRoleStore.countResourceScopes(tx, id));
        });
    }

    private Response listScopes(Request request) {
        Optional<Page> page = Page.optional(request);
        Optional<String> text = Asked.text(request);
        return database.read(request.tenant(), tx -> {
            List<ScopeView> rows = OrganizationScopeStore.list(tx, text, Asked.offset(page), Asked.limit(page)).stream()
                    .map(scope -> ScopeView.of(tx.tenant(), scope))
                    .toList();
            return Asked.list(request, page, rows, () -> OrganizationScopeStore.count(tx, text));
        });
    }

    private Response createScope(Request request) {
        TemplateJson.CreateScope wanted = request.body(TemplateJson.CreateScope.class);
        OrganizationScope scope = database.write(request.tenant(), tx -> template.createScope(tx, wanted));
        return ETags.tagged(Response.json(201, ScopeView.of(request.tenant(), scope)));
    }

    private Response getScope(Request request) {
        return database.read(
                request.tenant(),
                tx -> Response.json(ScopeView.of(tx.tenant(), template.scope(tx, request.param("id")))));
    }

    private Response updateScope(Request request) {
        TemplateJson.PatchScope patch = request.body(TemplateJson.PatchScope.class);
        return database.write(request.tenant(), tx -> {
            OrganizationScope old = template.lockScope(tx, request.param("id"));
            ETags.requireUnchanged(request, ScopeView.of(tx.tenant(), old));
            return ETags.tagged(Response.json(ScopeView.of(tx.tenant(), template.changeScope(tx, old, patch))));
        });
    }

    private Response deleteScope(Request request) {
        database.run(request.tenant(), tx -> template.deleteScope(tx, request.param("id")));
        return Response.noContent();
    }
}
