package dev.ostiary.oidc.tokens;

import dev.ostiary.db.Database;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.oidc.tokens.IdTokenClaims.Put;
import dev.ostiary.oidc.tokens.IdTokenClaims.View;
import java.util.List;
import java.util.Set;

/** {@code /api/configs/id-token}: what ID tokens tell beyond the ordinary. */
public final class IdTokenClaimRoutes {
    private static final String PATH = "/configs/id-token";
    private static final String TAG = "Configs";

    private final Database database;
    private final IdTokenClaims claims;

    public IdTokenClaimRoutes(Database database, IdTokenClaims claims) {
        this.database = database;
        this.claims = claims;
    }

    public void mount(Routes api) {
        api.get(PATH, this::show)
                .documented("GetIdTokenConfig", TAG)
                .answers(200, View.class)
                .answers(401, 403, 404);
        api.put(PATH, this::change)
                .documented("UpsertIdTokenConfig", TAG)
                .takes(Put.class)
                .answers(200, View.class)
                .answers(400, 401, 403);
        api.patch(PATH, this::change);
    }

    private Response show(Request request) {
        return view(database.read(request.tenant(), claims::now));
    }

    /** What is left out stays as it is. */
    private Response change(Request request) {
        Put wanted = request.body(Put.class);
        return view(database.write(
                request.tenant(),
                tx -> wanted.enabledExtendedClaims().isPresent()
                        ? claims.change(tx, wanted.enabledExtendedClaims().get())
                        : claims.now(tx)));
    }

    private static Response view(Set<ExtendedClaim> chosen) {
        return Response.json(new View(List.copyOf(chosen)));
    }
}
