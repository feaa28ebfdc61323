package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Application;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Database;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.Cors;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OAuthForm;
import dev.ostiary.oidc.clientauth.ClientAuthentication;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /oidc/request}: a client leaves its parameters here itself and sends the browser with a reference to them
 * (RFC 9126). A reference is for its client, for one minute, for one use.
 */
public final class PushedRequests {
    private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    private final AuthorizeChecks checks;
    private final ClientAuthentication clients;
    private final Database database;
    private final Ids ids;
    private final Clock clock;

    public PushedRequests(
            AuthorizeChecks checks, ClientAuthentication clients, Database database, Ids ids, Clock clock) {
        this.checks = checks;
        this.clients = clients;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param oidc routes below {@code /oidc} for clients */
    public void mount(Routes oidc) {
        oidc.post("/request", this::push);
        oidc.route("OPTIONS", "/request", Cors.preflight("POST"));
    }

    private Response push(Request request) {
        Params form = OAuthForm.read(request);
        Application client = clients.authenticate(request, form);
        if (form.has("request_uri")) {
            throw OAuthError.INVALID_REQUEST.because("request_uri must not be pushed");
        }
        AuthorizeParams params = AuthorizeParams.of(Params.NONE, form.with("client_id", client.id()));
        checks.pass(request.tenant(), params);
        String reference = ids.token();
        database.run(request.tenant(), tx -> tx.update(
                        """
                INSERT INTO pushed_requests (tenant_id, id, client_id, params, expires_at)
                VALUES (:tenant, :id, :client, :params::jsonb, :expiresAt)
                """)
                .bind("id", Hashes.sha256(reference))
                .bind("client", client.id())
                .bind("params", Json.write(params.toJson()))
                .bind("expiresAt", clock.instant().plus(LIFETIME))
                .execute());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("expires_in", LIFETIME.toSeconds());
        body.put("request_uri", PREFIX + reference);
        return Response.json(201, body).with("Cache-Control", "no-store");
    }

    /**
     * What the parameters stand for: themselves, or what was pushed. Then nothing else that came with the reference
     * counts (RFC 9126 section 4).
     *
     * @throws OAuthException {@code invalid_request_uri} for one that is unknown, used, expired or another client's
     */
    AuthorizeParams resolve(String tenant, AuthorizeParams params) {
        String uri = params.get("request_uri");
        String clientId = params.get("client_id");
        if (uri == null
                || clientId == null
                || !uri.startsWith(PREFIX)
                || !params.repeated().isEmpty()) {
            return params;
        }
        String stored = database.write(tenant, tx -> tx.query(
                                """
                        DELETE FROM pushed_requests
                        WHERE tenant_id = :tenant AND id = :id AND client_id = :client AND expires_at > :now
                        RETURNING params
                        """)
                        .bind("id", Hashes.sha256(uri.substring(PREFIX.length())))
                        .bind("client", clientId)
                        .bind("now", clock.instant())
                        .mapTo(String.class)
                        .findOne())
                .orElseThrow(() ->
                        OAuthError.INVALID_REQUEST_URI.because("request_uri is invalid, expired, or was already used"));
        return AuthorizeParams.stored((ObjectNode) Json.read(stored));
    }
}
