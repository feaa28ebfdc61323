package dev.ostiary.sso;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.sso.SsoIdentityJson.All;
import dev.ostiary.sso.SsoIdentityJson.Listed;
import dev.ostiary.sso.SsoIdentityJson.Single;
import dev.ostiary.sso.SsoIdentityJson.Social;
import dev.ostiary.sso.SsoIdentityJson.TokenSecret;
import dev.ostiary.sso.SsoIdentityJson.View;
import dev.ostiary.users.User;
import dev.ostiary.users.Users;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The accounts of a user elsewhere: {@code /api/users/{userId}/sso-identities} and {@code …/all-identities}. */
public final class UserSsoIdentityRoutes {
    private static final String TAG = "Users";
    private static final String WITH_TOKENS = "includeTokenSecret";

    private final Database database;
    private final Users users;
    private final SsoIdentities identities;

    public UserSsoIdentityRoutes(Database database, Users users, SsoIdentities identities) {
        this.database = database;
        this.users = users;
        this.identities = identities;
    }

    public void mount(Routes api) {
        api.get("/users/{userId}/sso-identities/{ssoConnectorId}", this::get)
                .documented("GetUserSsoIdentity", TAG)
                .query(WITH_TOKENS)
                .answers(200, Single.class)
                .answers(400, 401, 403, 404);
        api.get("/users/{userId}/all-identities", this::all)
                .documented("ListUserAllIdentities", TAG)
                .query(WITH_TOKENS)
                .answers(200, All.class)
                .answers(400, 401, 403, 404);
    }

    /** Of several at one connector, whose issuer was changed perhaps, the one that was used last. */
    private Response get(Request request) {
        String connectorId = request.param("ssoConnectorId");
        return database.read(request.tenant(), tx -> {
            User user = users.get(tx, request.param("userId"));
            SsoIdentity identity = identities.ofUser(tx, user.id()).stream()
                    .filter(one -> one.ssoConnectorId().equals(connectorId))
                    .max(Comparator.comparing(SsoIdentity::updatedAt))
                    .orElseThrow(SsoError.IDENTITY_NOT_EXISTS::exception);
            return Response.json(new Single(View.of(tx.tenant(), identity), tokens(request, tx, identity)));
        });
    }

    private Response all(Request request) {
        return database.read(request.tenant(), tx -> {
            User user = users.get(tx, request.param("userId"));
            List<Social> social = user.identities().properties().stream()
                    .filter(entry -> entry.getValue().isObject())
                    .map(entry -> new Social((ObjectNode) entry.getValue(), entry.getKey()))
                    .toList();
            List<Listed> enterprise = identities.ofUser(tx, user.id()).stream()
                    .map(one -> new Listed(View.of(tx.tenant(), one), one.ssoConnectorId(), tokens(request, tx, one)))
                    .toList();
            return Response.json(new All(social, enterprise));
        });
    }

    private static Optional<TokenSecret> tokens(Request request, Tx tx, SsoIdentity identity) {
        return "true".equals(request.query().get(WITH_TOKENS))
                ? SsoIdentityStore.tokenFacts(tx, identity.id())
                        .map(facts -> TokenSecret.of(tx.tenant(), identity, facts))
                : Optional.empty();
    }
}
