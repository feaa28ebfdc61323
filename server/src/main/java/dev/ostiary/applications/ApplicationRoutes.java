package dev.ostiary.applications;

import dev.ostiary.access.Caller;
import dev.ostiary.applications.ApplicationJson.Create;
import dev.ostiary.applications.ApplicationJson.CreateSecret;
import dev.ostiary.applications.ApplicationJson.Patch;
import dev.ostiary.applications.ApplicationJson.RenameSecret;
import dev.ostiary.applications.ApplicationJson.SecretView;
import dev.ostiary.applications.ApplicationJson.View;
import dev.ostiary.db.Database;
import dev.ostiary.db.Search;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.ETags;
import dev.ostiary.http.Page;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /applications} of the Management API. */
public final class ApplicationRoutes {
    private static final String TAG = "Applications";

    private final Database database;
    private final Applications applications;
    private final Events events;
    private final BiPredicate<Tx, String> isAdmin;
    private final AdminMark adminMark;
    private final BiPredicate<Tx, String> hasAccessRules;

    /** Marks an application as administrator, or takes the mark back. */
    @FunctionalInterface
    public interface AdminMark {
        void set(Tx tx, Application application, boolean isAdmin);
    }

    /**
     * @param isAdmin whether the application of an id may call the Management API by the mark
     * @param adminMark both are handed in, for the mark is a role and roles are above
     * @param hasAccessRules whether anybody may use the application of an id; handed in, for organizations may
     */
    public ApplicationRoutes(
            Database database,
            Applications applications,
            Events events,
            BiPredicate<Tx, String> isAdmin,
            AdminMark adminMark,
            BiPredicate<Tx, String> hasAccessRules) {
        this.database = database;
        this.applications = applications;
        this.events = events;
        this.isAdmin = isAdmin;
        this.adminMark = adminMark;
        this.hasAccessRules = hasAccessRules;
    }

    public void mount(Routes api) {
        api.get("/applications", this::list)
                .documented("ListApplications", TAG)
                .query("types", "excludeRoleId", "excludeOrganizationId", "isThirdParty", "search")
                .paged()
                .answersList(200, View.class);
        api.post("/applications", this::create)
                .documented("CreateApplication", TAG)
                .takes(Create.class)
                .answers(200, View.class)
                .answers(400, 422, 501);
        api.get("/applications/{id}", this::get)
                .documented("GetApplication", TAG)
                .answers(200, View.class)
                .answers(404);
        api.patch("/applications/{id}", this::update)
                .documented("UpdateApplication", TAG)
                .takes(Patch.class)
                .answers(200, View.class)
                .answers(400, 404, 422);
        api.delete("/applications/{id}", this::delete)
                .documented("DeleteApplication", TAG)
                .answers(204, 404);
        api.patch("/applications/{applicationId}/custom-data", this::updateCustomData)
                .documented("UpdateApplicationCustomData", TAG)
                .takes(ObjectNode.class)
                .answers(200, ObjectNode.class)
                .answers(404);
        mountSecrets(api);
    }

    private void mountSecrets(Routes api) {
        api.delete("/applications/{id}/legacy-secret", this::deleteLegacySecret)
                .documented("DeleteApplicationLegacySecret", TAG)
                .answers(400, 404);
        api.get("/applications/{id}/secrets", this::listSecrets)
                .documented("ListApplicationSecrets", TAG)
                .answersList(200, SecretView.class)
                .answers(404);
        api.post("/applications/{id}/secrets", this::createSecret)
                .documented("CreateApplicationSecret", TAG)
                .takes(CreateSecret.class)
                .answers(201, SecretView.class)
                .answers(400, 404, 422);
        api.patch("/applications/{id}/secrets/{name}", this::renameSecret)
                .documented("UpdateApplicationSecret", TAG)
                .takes(RenameSecret.class)
                .answers(200, SecretView.class)
                .answers(404, 422);
        api.delete("/applications/{id}/secrets/{name}", this::deleteSecret)
                .documented("DeleteApplicationSecret", TAG)
                .answers(204, 404);
    }

    private Response list(Request request) {
        ApplicationFilter filter = filter(request);
        Optional<Page> page = Page.optional(request);
        return database.read(request.tenant(), tx -> {
            long offset = page.map(Page::offset).orElse(0L);
            long limit = page.map(p -> (long) p.size()).orElse(Long.MAX_VALUE);
            List<View> rows = ApplicationStore.list(tx, filter, offset, limit).stream()
                    .map(application -> View.of(tx.tenant(), application))
                    .toList();
            return page.map(p -> p.answer(request, rows, ApplicationStore.count(tx, filter)))
                    .orElseGet(() -> Response.json(rows));
        });
    }

    private static ApplicationFilter filter(Request request) {
        List<ApplicationType> types = request.query().all("types").stream()
                .map(ApplicationRoutes::type)
                .toList();
        Optional<Boolean> isThirdParty = request.query().first("isThirdParty").map(ApplicationRoutes::flag);
        return new ApplicationFilter(
                types,
                request.query().first("excludeRoleId"),
                request.query().first("excludeOrganizationId"),
                isThirdParty,
                Search.of(request.query().names(), request.query()::all, ApplicationFilter.SEARCHABLE));
    }

    private static ApplicationType type(String wire) {
        return Arrays.stream(ApplicationType.values())
                .filter(type -> type.wire().equals(wire))
                .findAny()
                .orElseThrow(() -> Shape.invalid("Not a type of application", "types"));
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw Shape.invalid("Must be true or false", "isThirdParty");
        }
        return text.equals("true");
    }

    private Response create(Request request) {
        Create wanted = request.body(Create.class);
        return database.write(
                request.tenant(), tx -> Response.json(View.of(tx.tenant(), applications.create(tx, wanted))));
    }

    private Response get(Request request) {
        String id = request.param("id");
        Application application = applications.find(request.tenant(), id).orElseThrow(() -> Applications.notFound(id));
        boolean admin = database.read(request.tenant(), tx -> isAdmin.test(tx, id));
        return Response.json(View.of(request.tenant(), application, Optional.of(admin)));
    }

    private Response update(Request request) {
        Patch patch = request.body(Patch.class);
        return database.write(request.tenant(), tx -> {
            Application before = applications.lock(tx, request.param("id"));
            ETags.requireUnchanged(request, whole(tx, before));
            Application changed = applications.change(tx, before.id(), patch);
            boolean closes = patch.appLevelAccessControlEnabled().orElse(false);
            if (closes && !hasAccessRules.test(tx, changed.id())) {
                throw ApplicationError.ACCESS_CONTROL_WITHOUT_RULES.exception();
            }
            patch.isAdmin().ifPresent(admin -> adminMark.set(tx, changed, admin));
            // As it is stored, not as it came: documents are not kept in the order of their members.
            View stored = whole(tx, applications.get(tx, changed.id()));
            return ETags.tagged(Response.json(View.of(tx.tenant(), changed)), stored);
        });
    }

    /** As the answer to GET shows it. */
    private View whole(Tx tx, Application application) {
        return View.of(tx.tenant(), application, Optional.of(isAdmin.test(tx, application.id())));
    }

    private Response delete(Request request) {
        database.run(request.tenant(), tx -> applications.delete(tx, request.param("id")));
        return Response.noContent();
    }

    private Response updateCustomData(Request request) {
        ObjectNode patch = request.body(ObjectNode.class);
        return Response.json(database.write(
                request.tenant(), tx -> applications.mergeCustomData(tx, request.param("applicationId"), patch)));
    }

    /** No application here has a secret of the time before secrets had names. */
    private Response deleteLegacySecret(Request request) {
        database.read(request.tenant(), tx -> applications.get(tx, request.param("id")));
        throw ApplicationError.NO_LEGACY_SECRET.exception();
    }

    private Response listSecrets(Request request) {
        String id = request.param("id");
        return database.write(request.tenant(), tx -> {
            applications.get(tx, id);
            List<SecretView> revealed = applications.secrets().reveal(tx, id);
            Caller caller = Caller.of(request);
            Event read = Event.of("ManagementApi.Secrets.Read")
                    .application(caller.clientId())
                    .from(request)
                    .with("path", request.path())
                    .with("names", revealed.stream().map(SecretView::name).toList());
            events.publish(tx, caller.isApplication() ? read : read.user(caller.subject()));
            return confidential(Response.json(revealed));
        });
    }

    private Response createSecret(Request request) {
        CreateSecret wanted = request.body(CreateSecret.class);
        String id = request.param("id");
        return database.write(request.tenant(), tx -> {
            applications.get(tx, id);
            SecretView made = applications.secrets().create(tx, id, wanted.name(), wanted.expiry());
            applications.changed(tx, id);
            return confidential(Response.json(201, made));
        });
    }

    private Response renameSecret(Request request) {
        RenameSecret wanted = request.body(RenameSecret.class);
        String id = request.param("id");
        return database.write(request.tenant(), tx -> {
            SecretView renamed = applications.secrets().rename(tx, id, request.param("name"), wanted.name());
            applications.changed(tx, id);
            return confidential(Response.json(renamed));
        });
    }

    private Response deleteSecret(Request request) {
        String id = request.param("id");
        database.run(request.tenant(), tx -> {
            applications.secrets().delete(tx, id, request.param("name"));
            applications.changed(tx, id);
        });
        return Response.noContent();
    }

    private static Response confidential(Response response) {
        return response.with("Cache-Control", "no-store");
    }
}
