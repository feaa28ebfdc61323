package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.Applications;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.interactions.InteractionCookies;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.Cors;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OAuthForm;
import dev.ostiary.oidc.clientauth.ClientAuthentication;
import dev.ostiary.oidc.dpop.DpopProofs;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /oidc/request}: a client leaves its parameters here itself and sends the browser with a reference to them
 * (RFC 9126). A reference is for its client, for one minute, for one answer: whoever reloads the page has not used it up
 * (FAPI 2.0 Security Profile section 5.3.2.2, note 3).
 */
public final class PushedRequests {
    private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    /** Among the parameters, put there by us: which reference they came by. No client can send it. */
    private static final String PUSHED = "pushed";

    private final Applications applications;
    private final AuthorizeChecks checks;
    private final ClientAuthentication clients;
    private final DpopProofs proofs;
    private final Database database;
    private final Events events;
    private final Ids ids;
    private final Clock clock;

    public PushedRequests(
            Applications applications,
            AuthorizeChecks checks,
            ClientAuthentication clients,
            DpopProofs proofs,
            Database database,
            Events events,
            Ids ids,
            Clock clock) {
        this.applications = applications;
        this.checks = checks;
        this.clients = clients;
        this.proofs = proofs;
        this.database = database;
        this.events = events;
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
        Application client = null;
        try {
            client = clients.authenticate(request, form);
            return push(request, client, form);
        } catch (OAuthException thrown) {
            OAuthException refusal = inWordsOfProfile(client, thrown);
            events.publish(
                    request.tenant(),
                    Event.of("Interaction.Create")
                            .application(client == null ? null : client.id())
                            .failed("oidc." + refusal.error().word())
                            .with("description", refusal.description())
                            .with("pushed", true)
                            .from(request));
            throw refusal;
        }
    }

    /** RFC 9126 section 2.3 knows only {@code invalid_request} for a redirect URI that is not registered. */
    private static OAuthException inWordsOfProfile(@Nullable Application client, OAuthException refusal) {
        return client != null && client.isFapi() && refusal.error() == OAuthError.INVALID_REDIRECT_URI
                ? OAuthError.INVALID_REQUEST.because(refusal.description())
                : refusal;
    }

    private Response push(Request request, Application client, Params form) {
        String jkt = proofs.keyIfSent(request, client);
        if (jkt != null && form.has("dpop_jkt") && !jkt.equals(form.get("dpop_jkt"))) {
            throw OAuthError.INVALID_DPOP_PROOF.because("dpop_jkt is not the key of the DPoP proof");
        }
        if (form.has("request_uri")) {
            throw OAuthError.INVALID_REQUEST.because("request_uri must not be pushed");
        }
        Params asked = form.with("client_id", client.id());
        AuthorizeParams params = AuthorizeParams.of(Params.NONE, jkt == null ? asked : asked.with("dpop_jkt", jkt));
        checks.pass(request.tenant(), params);
        String reference = ids.token();
        database.run(request.tenant(), tx -> tx.update(
                        """
                INSERT INTO pushed_requests (tenant_id, id, client_id, params, usable_until, expires_at)
                VALUES (:tenant, :id, :client, :params::jsonb, :usableUntil, :expiresAt)
                """)
                .bind("id", Hashes.sha256(reference))
                .bind("client", client.id())
                .bind("params", Json.write(params.toJson()))
                .bind("usableUntil", clock.instant().plus(LIFETIME))
                .bind("expiresAt", clock.instant().plus(LIFETIME).plus(InteractionCookies.LIFETIME))
                .execute());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("expires_in", LIFETIME.toSeconds());
        body.put("request_uri", PREFIX + reference);
        return proofs.withNonce(request, client, Response.json(201, body).with("Cache-Control", "no-store"));
    }

    /**
     * What the parameters stand for: themselves, or what was pushed. Then nothing else that came with the reference
     * counts (RFC 9126 section 4).
     *
     * @throws OAuthException {@code invalid_request_uri} for one that is unknown, used, expired or another client's;
     *     {@code invalid_request} for none where the client must push
     */
    AuthorizeParams resolve(String tenant, AuthorizeParams params) {
        String uri = params.get("request_uri");
        String clientId = params.get("client_id");
        if (uri == null && clientId != null) {
            requireNoPush(tenant, clientId);
        }
        if (uri == null
                || clientId == null
                || !uri.startsWith(PREFIX)
                || !params.repeated().isEmpty()) {
            return params;
        }
        byte[] id = Hashes.sha256(uri.substring(PREFIX.length()));
        String stored = database.read(tenant, tx -> tx.query(
                                """
                        SELECT params FROM pushed_requests
                        WHERE tenant_id = :tenant AND id = :id AND client_id = :client AND usable_until > :now
                        """)
                        .bind("id", id)
                        .bind("client", clientId)
                        .bind("now", clock.instant())
                        .mapTo(String.class)
                        .findOne())
                .orElseThrow(PushedRequests::unusable);
        return AuthorizeParams.stored(((ObjectNode) Json.readStored(stored)).put(PUSHED, Hashes.base64Url(id)));
    }

    /**
     * Uses up the reference that the request came by, if it came by one: of all the pages that it was opened on, one is
     * answered.
     *
     * @throws OAuthException {@code invalid_request_uri} if another one was before
     */
    static void spend(Tx tx, AuthorizeParams params) {
        String id = params.get(PUSHED);
        if (id != null
                && tx.update("DELETE FROM pushed_requests WHERE tenant_id = :tenant AND id = :id")
                                .bind("id", Base64.getUrlDecoder().decode(id))
                                .execute()
                        != 1) {
            throw unusable();
        }
    }

    private static OAuthException unusable() {
        return OAuthError.INVALID_REQUEST_URI.because("request_uri is invalid, expired, or was already used");
    }

    /** RFC 9126 section 6: else whoever sends the browser changes what the client has asked for (AZ5). */
    private void requireNoPush(String tenant, String clientId) {
        applications.find(tenant, clientId).filter(Application::mustPush).ifPresent(client -> {
            throw OAuthError.INVALID_REQUEST.because(
                    client.isFapi()
                            ? "fapi2: authorization requests must be pushed"
                            : "authorization requests of this client must be pushed");
        });
    }
}
