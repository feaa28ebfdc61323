package dev.ostiary.oidc.clientauth;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.ApplicationSecret.Verdict;
import dev.ostiary.applications.Applications;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.oidc.Cors;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.tenants.Tenants;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Client authentication at the token, introspection and revocation endpoints: Basic, form, or none for public clients. */
public final class ClientAuthentication {
    private final Applications applications;
    private final Tenants tenants;
    private final Clock clock;

    public ClientAuthentication(Applications applications, Tenants tenants, Clock clock) {
        this.applications = applications;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * The client, which has proven to be that one, and whose scripts may read the answer.
     *
     * @throws OAuthException {@code invalid_request} for none or several mechanisms, {@code invalid_client} for a wrong
     *     one
     */
    public Application authenticate(Request request, Params form) {
        String authorization = request.header("Authorization");
        BasicCredentials basic = authorization == null ? null : BasicCredentials.parse(authorization);
        String bodySecret = form.get("client_secret");
        boolean assertion = form.has("client_assertion") || form.has("client_assertion_type");
        int mechanisms = (basic == null ? 0 : 1) + (bodySecret == null ? 0 : 1) + (assertion ? 1 : 0);
        if (mechanisms > 1) {
            throw OAuthError.INVALID_REQUEST.because("client authentication must only be provided using one mechanism");
        }
        String id = clientId(basic, form.get("client_id"));
        Application client = find(request.tenant(), id);
        Cors.admit(request, client);
        boolean proven = basic != null
                ? basicFits(client, basic)
                : bodySecret != null ? secretFits(client, bodySecret) : !assertion && client.isPublicClient();
        if (!proven) {
            throw refused(request, basic != null);
        }
        return client;
    }

    private static String clientId(@Nullable BasicCredentials basic, @Nullable String inBody) {
        if (basic == null) {
            if (inBody == null) {
                throw OAuthError.INVALID_REQUEST.because("no client authentication mechanism provided");
            }
            return inBody;
        }
        if (inBody != null && !inBody.equals(basic.id()) && !inBody.equals(basic.rawId())) {
            throw OAuthError.INVALID_REQUEST.because("client_id mismatch");
        }
        return inBody != null ? inBody : basic.id();
    }

    private Application find(String tenant, String id) {
        Application client = applications
                .find(tenant, id)
                .orElseThrow(() -> OAuthError.INVALID_CLIENT.because(400, "invalid client " + id));
        if (client.allowsCode() && client.oidcClientMetadata().redirectUris().isEmpty()) {
            throw OAuthError.INVALID_REDIRECT_URI.because("redirect_uris must contain members");
        }
        return client;
    }

    private boolean basicFits(Application client, BasicCredentials basic) {
        return secretFits(client, basic.secret())
                || (!basic.rawSecret().equals(basic.secret()) && secretFits(client, basic.rawSecret()));
    }

    /** A public client has no secret, so whoever sends one is mistaken about whom they talk to (CA2). */
    private boolean secretFits(Application client, String presented) {
        if (client.isPublicClient()) {
            return false;
        }
        Instant now = clock.instant();
        Verdict verdict = client.check(presented, now);
        if (verdict == Verdict.EXPIRED) {
            throw OAuthError.INVALID_REQUEST.because("client secret has expired");
        }
        return verdict == Verdict.ACCEPTED;
    }

    private OAuthException refused(Request request, boolean byHeader) {
        OAuthException refusal = OAuthError.INVALID_CLIENT.because("client authentication failed");
        return byHeader ? refusal.withChallenge("Basic", tenants.issuer(request.tenant()), true) : refusal;
    }
}
