package dev.ostiary.oidc.cimd;

import dev.ostiary.db.Database;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.oidc.cimd.ClientDocuments.Setting;
import java.util.Optional;

/** {@code /configs/cimd} of the Management API. */
public final class CimdConfigRoutes {
    private static final String TAG = "Configs";

    private final Database database;
    private final ClientDocuments documents;

    public CimdConfigRoutes(Database database, ClientDocuments documents) {
        this.database = database;
        this.documents = documents;
    }

    record Patch(Optional<Boolean> enabled) {}

    public void mount(Routes api) {
        api.get("/configs/cimd", this::get)
                .documented("GetCimdConfig", TAG)
                .answers(200, Setting.class)
                .answers(401, 403);
        api.patch("/configs/cimd", this::update)
                .documented("UpdateCimdConfig", TAG)
                .takes(Patch.class)
                .answers(200, Setting.class)
                .answers(400, 401, 403, 422);
    }

    private Response get(Request request) {
        return Response.json(database.read(request.tenant(), ClientDocuments::read));
    }

    private Response update(Request request) {
        Patch patch = request.body(Patch.class);
        if (patch.enabled().orElse(false) && !documents.isGuarded()) {
            throw CimdError.UNGUARDED.exception();
        }
        return Response.json(database.write(request.tenant(), tx -> {
            patch.enabled().ifPresent(enabled -> documents.change(tx, new Setting(enabled)));
            return ClientDocuments.read(tx);
        }));
    }
}
