package dev.ostiary.connectors;

import dev.ostiary.connectors.ConnectorJson.Create;
import dev.ostiary.connectors.ConnectorJson.FactoryView;
import dev.ostiary.connectors.ConnectorJson.Patch;
import dev.ostiary.connectors.ConnectorJson.State;
import dev.ostiary.connectors.ConnectorJson.View;
import dev.ostiary.db.Database;
import dev.ostiary.http.ETags;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Json;
import java.util.List;
import java.util.Optional;

/** {@code /connectors} and {@code /connector-factories} of the Management API. */
public final class ConnectorRoutes {
    private static final String TAG = "Connectors";
    private static final String FACTORIES = "Connector factories";

    private final Database database;
    private final Connectors connectors;

    public ConnectorRoutes(Database database, Connectors connectors) {
        this.database = database;
        this.connectors = connectors;
    }

    public void mount(Routes api) {
        api.get("/connector-factories", this::listFactories)
                .documented("ListConnectorFactories", FACTORIES)
                .answersList(200, FactoryView.class)
                .answers(401, 403);
        api.get("/connector-factories/{id}", this::getFactory)
                .documented("GetConnectorFactory", FACTORIES)
                .answers(200, FactoryView.class)
                .answers(400, 401, 403, 404);
        api.post("/connectors", this::create)
                .documented("CreateConnector", TAG)
                .takes(Create.class)
                .answers(200, View.class)
                .answers(400, 401, 403, 422);
        api.get("/connectors", this::list)
                .documented("ListConnectors", TAG)
                .query("target")
                .answersList(200, View.class)
                .answers(400, 401, 403);
        api.get("/connectors/{id}", this::get)
                .documented("GetConnector", TAG)
                .answers(200, View.class)
                .answers(400, 401, 403, 404);
        api.patch("/connectors/{id}", this::update)
                .documented("UpdateConnector", TAG)
                .takes(Patch.class)
                .answers(200, View.class)
                .answers(400, 401, 403, 404, 412, 422);
        api.delete("/connectors/{id}", this::delete)
                .documented("DeleteConnector", TAG)
                .answers(204, 400, 401, 403, 404, 422);
    }

    private Response listFactories(Request request) {
        return Response.json(List.of(FactoryView.smtp()));
    }

    private Response getFactory(Request request) {
        if (!request.param("id").equals(SmtpFactory.ID)) {
            throw ConnectorError.FACTORY_NOT_FOUND.exception();
        }
        return Response.json(FactoryView.smtp());
    }

    private Response create(Request request) {
        Create wanted = request.body(Create.class);
        if (!wanted.connectorId().equals(SmtpFactory.ID)) {
            throw ConnectorError.UNKNOWN_FACTORY.exception();
        }
        wanted.require();
        SmtpConfig config = SmtpConfigJson.read(wanted.config().orElseGet(Json::object));
        return view(database.write(request.tenant(), tx -> connectors.create(tx, wanted.id(), config)));
    }

    /** Without their passwords. */
    private Response list(Request request) {
        boolean hasOther = request.query().all("target").stream().anyMatch(target -> !target.equals(SmtpFactory.ID));
        return Response.json(
                hasOther
                        ? List.of()
                        : database.read(request.tenant(), connectors::list).stream()
                                .map(View::withoutSecret)
                                .toList());
    }

    private Response get(Request request) {
        return view(database.read(request.tenant(), tx -> connectors.get(tx, request.param("id"))));
    }

    private Response update(Request request) {
        Patch patch = request.body(Patch.class);
        patch.require();
        Optional<SmtpConfig> config = patch.config().map(SmtpConfigJson::read);
        return view(database.write(request.tenant(), tx -> {
            EmailConnector old = connectors.lock(tx, request.param("id"));
            ETags.requireUnchanged(request, State.of(old));
            EmailConnector changed = new EmailConnector(old.id(), config.orElse(old.config()), old.createdAt());
            connectors.update(tx, changed);
            return changed;
        }));
    }

    private Response delete(Request request) {
        database.run(request.tenant(), tx -> connectors.delete(tx, request.param("id")));
        return Response.noContent();
    }

    private static Response view(EmailConnector connector) {
        Response response = Response.json(View.withSecret(connector)).with("Cache-Control", "no-store");
        return ETags.tagged(response, State.of(connector));
    }
}
