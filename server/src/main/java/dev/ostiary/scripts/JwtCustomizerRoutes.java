package dev.ostiary.scripts;

import dev.ostiary.db.Database;
import dev.ostiary.errors.CommonError;
import dev.ostiary.http.ETags;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Shape;
import dev.ostiary.scripts.JwtCustomizerJson.Entry;
import dev.ostiary.scripts.JwtCustomizerJson.Fault;
import dev.ostiary.scripts.JwtCustomizerJson.Patch;
import dev.ostiary.scripts.JwtCustomizerJson.Put;
import dev.ostiary.scripts.JwtCustomizerJson.Test;
import dev.ostiary.scripts.JwtCustomizerJson.View;
import dev.ostiary.tenants.Tenants;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /configs/jwt-customizer} of the Management API. */
public final class JwtCustomizerRoutes {
    private static final String TAG = "Configs";
    private static final String ALL = "/configs/jwt-customizer";
    private static final String ONE = ALL + "/{tokenTypePath}";

    private final Database database;
    private final JwtCustomizers customizers;
    private final Scripts scripts;

    public JwtCustomizerRoutes(Database database, JwtCustomizers customizers, Scripts scripts) {
        this.database = database;
        this.customizers = customizers;
        this.scripts = scripts;
    }

    public void mount(Routes api) {
        api.get(ALL, this::list)
                .documented("ListJwtCustomizers", TAG)
                .answersList(200, Entry.class)
                .answers(401, 403);
        api.post(ALL + "/test", this::test)
                .documented("TestJwtCustomizer", TAG)
                .takes(Test.class)
                .answers(200, ObjectNode.class)
                .answers(400, 401, 403, 422);
        api.get(ONE, this::get)
                .documented("GetJwtCustomizer", TAG)
                .answers(200, View.class)
                .answers(400, 401, 403, 404);
        api.put(ONE, this::put)
                .documented("UpsertJwtCustomizer", TAG)
                .takes(Put.class)
                .answers(200, View.class)
                .answers(201, View.class)
                .answers(400, 401, 403, 412, 422);
        api.patch(ONE, this::patch)
                .documented("UpdateJwtCustomizer", TAG)
                .takes(Patch.class)
                .answers(200, View.class)
                .answers(400, 401, 403, 404, 412);
        api.delete(ONE, this::delete).documented("DeleteJwtCustomizer", TAG).answers(204, 400, 401, 403, 404);
    }

    private Response list(Request request) {
        return secret(Response.json(database.read(request.tenant(), customizers::list).stream()
                .map(Entry::of)
                .toList()));
    }

    private Response get(Request request) {
        CustomizedToken token = token(request);
        return view(200, database.read(request.tenant(), tx -> customizers.get(tx, token)));
    }

    private Response put(Request request) {
        CustomizedToken token = token(request);
        Put wanted = request.body(Put.class);
        JwtCustomizerJson.checkContext(token, wanted.contextSample());
        if (request.tenant().equals(Tenants.ADMIN)) {
            throw ScriptError.NOT_IN_ADMIN_TENANT.exception();
        }
        JwtCustomizer customizer = wanted.customizer(token);
        boolean created = database.write(request.tenant(), tx -> {
            customizers.lock(tx, token).ifPresent(old -> ETags.requireUnchanged(request, View.of(old)));
            return customizers.put(tx, customizer);
        });
        return view(created ? 201 : 200, customizer);
    }

    private Response patch(Request request) {
        CustomizedToken token = token(request);
        Patch wanted = request.body(Patch.class);
        JwtCustomizerJson.checkContext(token, wanted.contextSample());
        return view(200, database.write(request.tenant(), tx -> {
            JwtCustomizer old = customizers.lock(tx, token).orElseThrow(CommonError.ENTITY_NOT_EXISTS::exception);
            ETags.requireUnchanged(request, View.of(old));
            JwtCustomizer changed = wanted.over(old);
            customizers.put(tx, changed);
            return changed;
        }));
    }

    private Response delete(Request request) {
        CustomizedToken token = token(request);
        database.run(request.tenant(), tx -> customizers.delete(tx, token));
        return Response.noContent();
    }

    /** Outside any transaction: a script may wait for the network. */
    private Response test(Request request) {
        ScriptCall call = request.body(Test.class).call();
        ScriptOutcome outcome = scripts.run(request.tenant(), call);
        Optional<ScriptLog.Written> log = Optional.ofNullable(call.log()).map(ScriptLog::written);
        return switch (outcome) {
            case ScriptOutcome.Claims claims ->
                Response.json(
                        log.isPresent() ? new JwtCustomizerJson.Tried(claims.claims(), log.get()) : claims.claims());
            case ScriptOutcome.Denied denied ->
                throw ScriptError.DENIED.exception(
                        new Fault(denied.message(), Map.of("code", "AccessDenied", "message", denied.message()), log));
            case ScriptOutcome.Failed failed ->
                throw ScriptError.FAILED.exception(new Fault(failed.fault().text(), failed.fault(), log));
        };
    }

    private static CustomizedToken token(Request request) {
        Optional<CustomizedToken> token = CustomizedToken.find(request.param("tokenTypePath"));
        return token.orElseThrow(() -> Shape.invalid("Expected access-token | client-credentials", "tokenTypePath"));
    }

    private static Response view(int status, JwtCustomizer customizer) {
        return secret(ETags.tagged(Response.json(status, View.of(customizer))));
    }

    /** Variables are readable to who may change them, and to no cache. */
    private static Response secret(Response response) {
        return response.with("Cache-Control", "no-store");
    }
}
