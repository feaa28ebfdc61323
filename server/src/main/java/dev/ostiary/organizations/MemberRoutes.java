package dev.ostiary.organizations;

import dev.ostiary.access.Caller;
import dev.ostiary.applications.Application;
import dev.ostiary.applications.ApplicationJson;
import dev.ostiary.applications.ApplicationType;
import dev.ostiary.applications.Applications;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.Event;
import dev.ostiary.http.Page;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.organizations.OrganizationJson.RoleName;
import dev.ostiary.users.UserJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /organizations/{id}/users} and {@code /organizations/{id}/applications}: members and their roles. */
final class MemberRoutes {
    private static final String TAG = "Organizations";
    private static final String USERS = "/organizations/{id}/users";
    private static final String APPLICATIONS = "/organizations/{id}/applications";

    private final Database database;
    private final Organizations organizations;
    private final Applications applications;

    MemberRoutes(Database database, Organizations organizations, Applications applications) {
        this.database = database;
        this.organizations = organizations;
        this.applications = applications;
    }

    void mount(Routes api) {
        mountUsers(api);
        mountApplications(api);
        mountRoles(api, MemberKind.USER, USERS + "/{userId}/roles", "userId", "ListOrganizationUserRoles");
        roles(MemberKind.USER, "userId")
                .answering(MemberJson.AddedRoles::new)
                .mount(
                        api,
                        USERS + "/{userId}/roles",
                        "organizationRoleId",
                        names(
                                "AssignOrganizationRolesToUser",
                                "ReplaceOrganizationUserRoles",
                                "DeleteOrganizationUserRole"),
                        MemberJson.SomeRoles.class,
                        MemberJson.AnyRoles.class);
        String ofApplication = APPLICATIONS + "/{applicationId}/roles";
        mountRoles(api, MemberKind.APPLICATION, ofApplication, "applicationId", "ListOrganizationApplicationRoles");
        roles(MemberKind.APPLICATION, "applicationId")
                .mount(
                        api,
                        ofApplication,
                        "organizationRoleId",
                        names(
                                "AssignOrganizationRolesToApplication",
                                "ReplaceOrganizationApplicationRoles",
                                "DeleteOrganizationApplicationRole"),
                        MemberJson.RoleIds.class,
                        MemberJson.AnyRoleIds.class);
    }

    private void mountUsers(Routes api) {
        api.get(USERS, this::listUsers)
                .documented("ListOrganizationUsers", TAG)
                .query("q", "organizationRoleId")
                .paged()
                .answersList(200, MemberJson.UserView.class)
                .answers(400, 401, 403, 404);
        members(MemberKind.USER)
                .answering(MemberJson.Added::new)
                .mount(
                        api,
                        USERS,
                        "userId",
                        names("AddOrganizationUsers", "ReplaceOrganizationUsers", "DeleteOrganizationUser"),
                        MemberJson.UserIds.class,
                        MemberJson.AnyUserIds.class);
        api.post(USERS + "/roles", this::giveToUsers)
                .documented("AssignOrganizationRolesToUsers", TAG)
                .takes(MemberJson.UsersAndRoles.class)
                .answers(201, 400, 401, 403, 422);
        api.get(USERS + "/{userId}/scopes", this::listScopes)
                .documented("ListOrganizationUserScopes", TAG)
                .answersList(200, TemplateJson.ScopeView.class)
                .answers(400, 401, 403, 422);
    }

    private void mountApplications(Routes api) {
        api.get(APPLICATIONS, this::listApplications)
                .documented("ListOrganizationApplications", TAG)
                .query("q")
                .paged()
                .answersList(200, MemberJson.ApplicationView.class)
                .answers(400, 401, 403, 404);
        members(MemberKind.APPLICATION)
                .checkedBy(this::requireMachines)
                .mount(
                        api,
                        APPLICATIONS,
                        "applicationId",
                        names(
                                "AddOrganizationApplications",
                                "ReplaceOrganizationApplications",
                                "DeleteOrganizationApplication"),
                        MemberJson.ApplicationIds.class,
                        MemberJson.AnyApplicationIds.class);
        api.post(APPLICATIONS + "/roles", this::giveToApplications)
                .documented("AssignOrganizationRolesToApplications", TAG)
                .takes(MemberJson.ApplicationsAndRoles.class)
                .answers(201, 400, 401, 403, 422);
    }

    private void mountRoles(Routes api, MemberKind kind, String path, String param, String operation) {
        api.get(path, request -> listRoles(request, kind, param))
                .documented(operation, TAG)
                .paged()
                .answersList(200, TemplateJson.RoleView.class)
                .answers(400, 401, 403, 422);
    }

    private RelationRoutes members(MemberKind kind) {
        return new RelationRoutes(database, kind.members, (tx, request) -> List.of(request.param("id")))
                .tellingTo((tx, request, change) ->
                        organizations.tell(tx, kind, request.param("id"), change, event -> by(request, event)));
    }

    private RelationRoutes roles(MemberKind kind, String param) {
        return new RelationRoutes(database, kind.roles, (tx, request) -> member(tx, request, kind, param))
                .checkedBy((tx, ids) -> OrganizationTemplate.requireType(tx, kind.type, ids));
    }

    private static RelationRoutes.Names names(String add, String replace, String remove) {
        return new RelationRoutes.Names(TAG, add, replace, remove);
    }

    private Response listUsers(Request request) {
        Page page = Page.of(request);
        String id = request.param("id");
        Optional<String> role = Asked.value(request, "organizationRoleId");
        Optional<String> text = Asked.text(request);
        // A search sets the planner's ways for its own transaction.
        return text.isEmpty()
                ? database.read(
                        request.tenant(),
                        tx -> users(tx, request, page, required(tx, id), UserMembers.list(tx, id, role, page)))
                : database.write(
                        request.tenant(),
                        tx -> users(
                                tx,
                                request,
                                page,
                                required(tx, id),
                                UserMembers.search(tx, id, role, text.get(), page)));
    }

    private static Response users(Tx tx, Request request, Page page, String organizationId, IdPage found) {
        Map<String, List<RoleName>> roles = MemberStore.rolesOf(tx, MemberKind.USER, organizationId, found.ids());
        List<MemberJson.UserView> rows = MemberStore.readUsers(tx, found.ids()).stream()
                .map(user -> new MemberJson.UserView(UserJson.View.of(user), roles.getOrDefault(user.id(), List.of())))
                .toList();
        return found.answer(page, request, rows);
    }

    private Response listApplications(Request request) {
        Page page = Page.of(request);
        String id = request.param("id");
        Optional<String> text = Asked.text(request);
        return database.read(request.tenant(), tx -> {
            required(tx, id);
            IdPage found = MemberStore.applications(tx, id, text, page);
            Map<String, List<RoleName>> roles = MemberStore.rolesOf(tx, MemberKind.APPLICATION, id, found.ids());
            List<Application> members = new ArrayList<>(applications.all(tx, found.ids()));
            members.sort(Comparator.comparingInt(application -> found.ids().indexOf(application.id())));
            List<MemberJson.ApplicationView> rows = members.stream()
                    .map(application -> new MemberJson.ApplicationView(
                            ApplicationJson.View.of(tx.tenant(), application),
                            roles.getOrDefault(application.id(), List.of())))
                    .toList();
            return found.answer(page, request, rows);
        });
    }

    private Response listRoles(Request request, MemberKind kind, String param) {
        Optional<Page> page = Page.optional(request);
        return database.read(request.tenant(), tx -> {
            List<String> member = member(tx, request, kind, param);
            List<TemplateJson.RoleView> rows =
                    OrganizationRoleStore.ofMember(tx, kind, member, Asked.offset(page), Asked.limit(page)).stream()
                            .map(role -> TemplateJson.RoleView.of(tx.tenant(), role))
                            .toList();
            return Asked.list(request, page, rows, () -> OrganizationRoleStore.countOfMember(tx, kind, member));
        });
    }

    private Response listScopes(Request request) {
        return database.read(request.tenant(), tx -> {
            List<String> member = member(tx, request, MemberKind.USER, "userId");
            return Response.json(OrganizationScopeStore.ofUser(tx, member.getFirst(), member.getLast()).stream()
                    .map(scope -> TemplateJson.ScopeView.of(tx.tenant(), scope))
                    .toList());
        });
    }

    private Response giveToUsers(Request request) {
        MemberJson.UsersAndRoles body = request.body(MemberJson.UsersAndRoles.class);
        return give(request, MemberKind.USER, body.userIds(), body.organizationRoleIds());
    }

    private Response giveToApplications(Request request) {
        MemberJson.ApplicationsAndRoles body = request.body(MemberJson.ApplicationsAndRoles.class);
        return give(request, MemberKind.APPLICATION, body.applicationIds(), body.organizationRoleIds());
    }

    private Response give(Request request, MemberKind kind, List<String> memberIds, List<String> roleIds) {
        database.run(
                request.tenant(), tx -> organizations.giveRoles(tx, kind, request.param("id"), memberIds, roleIds));
        return Response.empty(201);
    }

    private String required(Tx tx, String organizationId) {
        organizations.require(tx, organizationId);
        return organizationId;
    }

    /** The organization and the member that a path names. @throws 422 {@code organization.require_membership} */
    private static List<String> member(Tx tx, Request request, MemberKind kind, String param) {
        String organization = request.param("id");
        String member = request.param(param);
        if (!kind.members.has(tx, List.of(organization), member)) {
            throw OrganizationError.REQUIRE_MEMBERSHIP.exception();
        }
        return List.of(organization, member);
    }

    /** Other applications have users, who are members themselves. */
    private void requireMachines(Tx tx, List<String> ids) {
        if (applications.all(tx, ids).stream().anyMatch(a -> a.type() != ApplicationType.MACHINE_TO_MACHINE)) {
            throw CommonError.DB_CONSTRAINT_VIOLATED.exception();
        }
    }

    private static Event by(Request request, Event event) {
        Caller caller = Caller.of(request);
        Event from = event.application(caller.clientId()).from(request);
        return caller.isApplication() ? from : from.user(caller.subject());
    }
}
