package dev.ostiary.sso;

import dev.ostiary.db.Database;
import dev.ostiary.db.Search;
import dev.ostiary.http.ETags;
import dev.ostiary.http.Page;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.sso.SsoConnectorJson.Create;
import dev.ostiary.sso.SsoConnectorJson.Lookup;
import dev.ostiary.sso.SsoConnectorJson.Patch;
import dev.ostiary.sso.SsoConnectorJson.ProviderView;
import dev.ostiary.sso.SsoConnectorJson.Row;
import dev.ostiary.sso.SsoConnectorJson.Test;
import dev.ostiary.sso.SsoConnectorJson.View;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** {@code /sso-connectors} and {@code /sso-connector-providers} of the Management API. */
public final class SsoConnectorRoutes {
    private static final String TAG = "SSO connectors";

    private final Database database;
    private final SsoConnectors connectors;
    private final SsoConfigs configs;
    private final SsoTests tests;
    private final Function<String, String> origin;

    /** @param origin of a tenant */
    public SsoConnectorRoutes(
            Database database,
            SsoConnectors connectors,
            SsoConfigs configs,
            SsoTests tests,
            Function<String, String> origin) {
        this.database = database;
        this.connectors = connectors;
        this.configs = configs;
        this.tests = tests;
        this.origin = origin;
    }

    public void mount(Routes api) {
        api.get("/sso-connector-providers", this::listProviders)
                .documented("ListSsoConnectorProviders", "SSO connector providers")
                .answersList(200, ProviderView.class)
                .answers(401, 403);
        api.post("/sso-connectors", this::create)
                .documented("CreateSsoConnector", TAG)
                .takes(Create.class)
                .answers(200, Row.class)
                .answers(400, 401, 403, 409, 422);
        api.get("/sso-connectors", this::list)
                .documented("ListSsoConnectors", TAG)
                .paged()
                .query("search")
                .answersList(200, View.class)
                .answers(401, 403);
        api.get("/sso-connectors/{id}", this::get)
                .documented("GetSsoConnector", TAG)
                .answers(200, View.class)
                .answers(400, 401, 403, 404);
        api.patch("/sso-connectors/{id}", this::update)
                .documented("UpdateSsoConnector", TAG)
                .takes(Patch.class)
                .answers(200, View.class)
                .answers(400, 401, 403, 404, 409, 412, 422);
        api.delete("/sso-connectors/{id}", this::delete)
                .documented("DeleteSsoConnector", TAG)
                .answers(204, 400, 401, 403, 404);
        api.post("/sso-connectors/discovery", this::discover)
                .documented("DiscoverSsoProvider", TAG)
                .takes(Lookup.class)
                .answers(200, SsoConfigs.Found.class)
                .answers(400, 401, 403, 422);
        api.post("/sso-connectors/{id}/test", this::test)
                .documented("TestSsoConnector", TAG)
                .answers(200, Test.class)
                .answers(400, 401, 403, 404);
    }

    private Response listProviders(Request request) {
        return Response.json(Arrays.stream(SsoProvider.values())
                .map(provider -> ProviderView.of(provider, request.language()))
                .toList());
    }

    private Response create(Request request) {
        Create wanted = request.body(Create.class);
        SsoProvider provider = provider(wanted.providerName());
        boolean tokenStorage = wanted.enableTokenStorage().orElse(false);
        List<String> domains = wanted.domains().orElse(List.of());
        requireTokenStorage(provider, tokenStorage);
        DomainRules.check(domains);
        SsoConfig config = wanted.config()
                .map(document -> configs.checked(provider, document))
                .orElse(null);
        NewSsoConnector fresh = new NewSsoConnector(
                provider,
                wanted.connectorName(),
                config,
                domains,
                wanted.branding().orElse(SsoConnector.Branding.NONE),
                wanted.syncProfile().orElse(false),
                tokenStorage);
        SsoConnector created = database.write(request.tenant(), tx -> connectors.create(tx, fresh));
        return Response.json(Row.withSecret(request.tenant(), created)).with("Cache-Control", "no-store");
    }

    private Response list(Request request) {
        Optional<Page> page = Page.optional(request);
        String tenant = request.tenant();
        long offset = page.map(Page::offset).orElse(0L);
        long limit = page.map(p -> (long) p.size()).orElse(Long.MAX_VALUE);
        Search search = Search.of(request.query().names(), request.query()::all, SsoConnectorStore.SEARCHABLE);
        record Found(List<SsoConnector> connectors, long total) {}
        Found found = database.read(
                tenant,
                tx -> new Found(
                        connectors.list(tx, search, offset, limit),
                        page.isPresent() ? connectors.count(tx, search) : 0));
        Map<String, ObjectNode> told = configs.told(tenant, found.connectors());
        List<View> rows = found.connectors().stream()
                .map(connector -> View.of(
                        Row.withoutSecret(tenant, connector),
                        request.language(),
                        Optional.ofNullable(told.get(connector.id()))))
                .toList();
        return page.map(p -> p.answer(request, rows, found.total())).orElseGet(() -> Response.json(rows));
    }

    private Response get(Request request) {
        return view(request, connectors.get(request.tenant(), request.param("id")));
    }

    private Response update(Request request) {
        Patch patch = request.body(Patch.class);
        String id = request.param("id");
        SsoProvider provider = connectors.get(request.tenant(), id).provider();
        patch.domains().ifPresent(DomainRules::check);
        requireTokenStorage(provider, patch.enableTokenStorage().orElse(false));
        Optional<SsoConfig> config = patch.config().map(document -> configs.checked(provider, document));
        SsoConnector changed = database.write(request.tenant(), tx -> {
            SsoConnector old = connectors.lock(tx, id);
            if (!ETags.isUnchanged(request, Row.withSecret(tx.tenant(), old))) {
                throw SsoError.CHANGED_MEANWHILE.exception();
            }
            SsoConnector changing = patch.laidOver(old, config);
            connectors.update(tx, changing);
            return changing;
        });
        return view(request, changed);
    }

    private Response delete(Request request) {
        database.run(request.tenant(), tx -> connectors.delete(tx, request.param("id")));
        return Response.noContent();
    }

    private Response discover(Request request) {
        Lookup lookup = request.body(Lookup.class);
        return Response.json(configs.discover(provider(lookup.providerName()), lookup.issuer()));
    }

    private Response test(Request request) {
        SsoConnector connector = connectors.get(request.tenant(), request.param("id"));
        String ticket = tests.start(request.tenant(), connector);
        return Response.json(new Test(
                origin.apply(request.tenant()) + "/enterprise-sso/" + connector.id() + "/test?ticket=" + ticket));
    }

    /** With a tag by which a later change can tell whether somebody else was faster. */
    private Response view(Request request, SsoConnector connector) {
        Row row = Row.withSecret(request.tenant(), connector);
        Response response = Response.json(View.of(row, request.language(), configs.told(request.tenant(), connector)));
        return ETags.tagged(response, row).with("Cache-Control", "no-store");
    }

    private static SsoProvider provider(String word) {
        return SsoProvider.of(word).orElseThrow(SsoError.UNKNOWN_PROVIDER::exception);
    }

    private static void requireTokenStorage(SsoProvider provider, boolean wanted) {
        if (wanted && provider.type() != ProviderType.OIDC) {
            throw SsoError.TOKEN_STORAGE_NOT_SUPPORTED.exception();
        }
    }
}
