package dev.ostiary.organizations;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Page;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.organizations.JitJson.AnyConnectorIds;
import dev.ostiary.organizations.JitJson.AnyRoleIds;
import dev.ostiary.organizations.JitJson.ConnectorIds;
import dev.ostiary.organizations.JitJson.EmailDomain;
import dev.ostiary.organizations.JitJson.EmailDomainsOf;
import dev.ostiary.organizations.JitJson.NewEmailDomain;
import dev.ostiary.organizations.JitJson.RoleIds;
import dev.ostiary.organizations.JitStore.Rule;
import dev.ostiary.roles.RoleType;
import dev.ostiary.sso.EmailDomains;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoConnectorJson;
import dev.ostiary.sso.SsoConnectors;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** {@code /organizations/{id}/jit/*} of the Management API: who joins by themselves, and as what. */
public final class JitRoutes {
    private static final String TAG = "Organizations";

    private final Database database;
    private final Organizations organizations;
    private final OrganizationTemplate template;
    private final SsoConnectors connectors;
    private final Events events;

    public JitRoutes(
            Database database,
            Organizations organizations,
            OrganizationTemplate template,
            SsoConnectors connectors,
            Events events) {
        this.template = template;
        this.events = events;
        this.database = database;
        this.organizations = organizations;
        this.connectors = connectors;
    }

    public void mount(Routes api) {
        Routes jit = api.under("/organizations/{id}/jit");
        mountDomains(jit);
        mountRoles(jit);
        mountConnectors(jit);
    }

    private void mountDomains(Routes jit) {
        jit.get("/email-domains", this::listDomains)
                .documented("ListOrganizationJitEmailDomains", TAG)
                .paged()
                .answersList(200, EmailDomain.class)
                .answers(400, 401, 403, 404);
        jit.post("/email-domains", this::addDomain)
                .documented("CreateOrganizationJitEmailDomain", TAG)
                .takes(NewEmailDomain.class)
                .answers(201, EmailDomain.class)
                .answers(400, 401, 403, 422);
        jit.put(
                        "/email-domains",
                        request -> replace(
                                request,
                                Rule.DOMAINS,
                                request.body(EmailDomainsOf.class).canonical()))
                .documented("ReplaceOrganizationJitEmailDomains", TAG)
                .takes(EmailDomainsOf.class)
                .answers(204, 400, 401, 403, 422);
        jit.delete("/email-domains/{emailDomain}", this::removeDomain)
                .documented("DeleteOrganizationJitEmailDomain", TAG)
                .answers(204, 400, 401, 403, 404);
    }

    private void mountRoles(Routes jit) {
        jit.get("/roles", this::listRoles)
                .documented("ListOrganizationJitRoles", TAG)
                .paged()
                .answersList(200, TemplateJson.RoleView.class)
                .answers(400, 401, 403, 404);
        jit.post(
                        "/roles",
                        request -> add(
                                request, Rule.ROLES, request.body(RoleIds.class).organizationRoleIds()))
                .documented("CreateOrganizationJitRole", TAG)
                .takes(RoleIds.class)
                .answers(201, 400, 401, 403, 422);
        jit.put(
                        "/roles",
                        request -> replace(
                                request,
                                Rule.ROLES,
                                request.body(AnyRoleIds.class).organizationRoleIds()))
                .documented("ReplaceOrganizationJitRoles", TAG)
                .takes(AnyRoleIds.class)
                .answers(204, 400, 401, 403, 422);
        jit.delete(
                        "/roles/{organizationRoleId}",
                        request -> remove(request, Rule.ROLES, request.param("organizationRoleId")))
                .documented("DeleteOrganizationJitRole", TAG)
                .answers(204, 400, 401, 403, 404, 422);
    }

    private void mountConnectors(Routes jit) {
        jit.get("/sso-connectors", this::listConnectors)
                .documented("ListOrganizationJitSsoConnectors", TAG)
                .paged()
                .answersList(200, SsoConnectorJson.Row.class)
                .answers(400, 401, 403, 404);
        jit.post(
                        "/sso-connectors",
                        request -> add(
                                request,
                                Rule.CONNECTORS,
                                request.body(ConnectorIds.class).ssoConnectorIds()))
                .documented("CreateOrganizationJitSsoConnector", TAG)
                .takes(ConnectorIds.class)
                .answers(201, 400, 401, 403, 422);
        jit.put(
                        "/sso-connectors",
                        request -> replace(
                                request,
                                Rule.CONNECTORS,
                                request.body(AnyConnectorIds.class).ssoConnectorIds()))
                .documented("ReplaceOrganizationJitSsoConnectors", TAG)
                .takes(AnyConnectorIds.class)
                .answers(204, 400, 401, 403, 422);
        jit.delete(
                        "/sso-connectors/{ssoConnectorId}",
                        request -> remove(request, Rule.CONNECTORS, request.param("ssoConnectorId")))
                .documented("DeleteOrganizationJitSsoConnector", TAG)
                .answers(204, 400, 401, 403, 404, 422);
    }

    /** Rows and how many there are, where that is asked for. */
    private record Found<T>(List<T> rows, long total) {}

    /** Reads a part of a list; offset and limit. */
    @FunctionalInterface
    private interface Reader<T> {
        List<T> read(Tx tx, String organizationId, long offset, long limit);
    }

    private Response listDomains(Request request) {
        Optional<Page> page = Optional.of(Page.of(request));
        Found<String> found = find(request, page, Rule.DOMAINS, JitStore::domains);
        return answer(request, page, found, domain -> new EmailDomain(request.tenant(), request.param("id"), domain));
    }

    private Response listRoles(Request request) {
        Optional<Page> page = Page.optional(request);
        Found<OrganizationRole> found = find(
                request,
                page,
                Rule.ROLES,
                (tx, id, offset, limit) -> template.roles(tx, JitStore.roles(tx, id, offset, limit)));
        return answer(request, page, found, role -> TemplateJson.RoleView.of(request.tenant(), role));
    }

    /** Without their secrets: who joins is set up here, not how a provider is reached. */
    private Response listConnectors(Request request) {
        Optional<Page> page = Page.optional(request);
        Found<String> ids = find(request, page, Rule.CONNECTORS, JitStore::connectors);
        List<SsoConnector> found = ids.rows().stream()
                .flatMap(id -> connectors.find(request.tenant(), id).stream())
                .toList();
        return answer(
                request,
                page,
                new Found<>(found, ids.total()),
                connector -> SsoConnectorJson.Row.withoutSecret(request.tenant(), connector));
    }

    private <T> Found<T> find(Request request, Optional<Page> page, Rule rule, Reader<T> reader) {
        String id = request.param("id");
        long offset = page.map(Page::offset).orElse(0L);
        long limit = page.map(p -> (long) p.size()).orElse(Long.MAX_VALUE);
        return database.read(request.tenant(), tx -> {
            organizations.get(tx, id);
            List<T> rows = reader.read(tx, id, offset, limit);
            return new Found<>(rows, page.isPresent() ? rule.count(tx, id) : rows.size());
        });
    }

    private static <T> Response answer(Request request, Optional<Page> page, Found<T> found, Function<T, ?> view) {
        List<?> rows = found.rows().stream().map(view).toList();
        return page.map(p -> p.answer(request, rows, found.total())).orElseGet(() -> Response.json(rows));
    }

    private Response addDomain(Request request) {
        String domain = request.body(NewEmailDomain.class).canonical();
        add(request, Rule.DOMAINS, List.of(domain));
        return Response.json(201, new EmailDomain(request.tenant(), request.param("id"), domain));
    }

    private Response removeDomain(Request request) {
        return remove(
                request,
                Rule.DOMAINS,
                EmailDomains.parse(request.param("emailDomain")).orElse(""));
    }

    private Response add(Request request, Rule rule, Collection<String> ids) {
        String id = request.param("id");
        database.run(request.tenant(), tx -> {
            requireFitting(tx, rule, id, ids);
            rule.relation.insert(tx, List.of(id), ids);
            tell(tx, rule, id);
        });
        return Response.empty(201);
    }

    private Response replace(Request request, Rule rule, Collection<String> ids) {
        String id = request.param("id");
        database.run(request.tenant(), tx -> {
            requireFitting(tx, rule, id, ids);
            rule.relation.replace(tx, List.of(id), ids);
            tell(tx, rule, id);
        });
        return Response.noContent();
    }

    private Response remove(Request request, Rule rule, String what) {
        String id = request.param("id");
        database.run(request.tenant(), tx -> {
            if (id.indexOf('\0') >= 0 || what.indexOf('\0') >= 0 || !rule.relation.remove(tx, List.of(id), what)) {
                throw CommonError.ENTITY_NOT_FOUND.exception();
            }
            tell(tx, rule, id);
        });
        return Response.noContent();
    }

    /** An organization that nobody has is told as any other id of a relation; only users join, so only they have roles. */
    private void requireFitting(Tx tx, Rule rule, String organizationId, Collection<String> ids) {
        if (organizations.find(tx, organizationId).isEmpty()) {
            throw CommonError.RELATION_NOT_FOUND.exception();
        }
        if (rule == Rule.ROLES) {
            OrganizationTemplate.requireType(tx, RoleType.USER, ids);
        }
    }

    /** Who changes this changes who will be let in. */
    private void tell(Tx tx, Rule rule, String organizationId) {
        events.publish(
                tx,
                Event.of("Organization.Jit.Update")
                        .with("organizationId", organizationId)
                        .with("rule", rule.name().toLowerCase(Locale.ROOT)));
    }
}
