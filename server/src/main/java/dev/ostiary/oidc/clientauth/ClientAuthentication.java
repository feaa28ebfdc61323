package dev.ostiary.oidc.clientauth;

import static dev.ostiary.applications.ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
import static dev.ostiary.applications.ClientAuthenticationMethod.CLIENT_SECRET_POST;
import static dev.ostiary.applications.ClientAuthenticationMethod.NONE;

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

/**
 * Client authentication at the token, introspection, revocation, device and pushed request endpoints: by Basic, form or
 * assertion, or none for public clients. Each client has its method, and no other counts (CA2).
 */
public final class ClientAuthentication {
    private final Applications applications;
    private final ClientAssertion assertions;
    private final Tenants tenants;
    private final Clock clock;

    public ClientAuthentication(Applications applications, ClientAssertion assertions, Tenants tenants, Clock clock) {
        this.applications = applications;
        this.assertions = assertions;
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
        String id = assertion ? clientId(form) : clientId(basic, form.get("client_id"));
        Application client = find(request.tenant(), id);
        Cors.admit(request, client);
        boolean proven = false;
        if (assertion) {
            proven = ClientAssertion.isForClient(client);
            if (proven) {
                assertions.verify(request, client, form);
            }
        } else if (basic != null) {
            proven = client.authenticatesBy(CLIENT_SECRET_BASIC) && basicFits(client, basic);
        } else if (bodySecret != null) {
            proven = client.authenticatesBy(CLIENT_SECRET_POST) && secretFits(client, bodySecret);
        } else {
            proven = client.authenticatesBy(NONE);
        }
        if (!proven) {
            throw refused(request, basic != null);
        }
        return client;
    }

    private static String clientId(Params form) {
        String named = form.get("client_id");
        String assertion = form.get("client_assertion");
        if (assertion == null) {
            return clientId(null, named);
        }
        return named == null ? ClientAssertion.clientId(assertion) : named;
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
                .orElseThrow(() -> OAuthError.INVALID_CLIENT.because(400, applications.unknown(tenant, id)));
        if (client.allowsCode() && client.oidcClientMetadata().redirectUris().isEmpty()) {
            throw OAuthError.INVALID_REDIRECT_URI.because("redirect_uris must contain members");
        }
        return client;
    }

    private boolean basicFits(Application client, BasicCredentials basic) {
        return secretFits(client, basic.secret())
                || (!basic.rawSecret().equals(basic.secret()) && secretFits(client, basic.rawSecret()));
    }

    /** An expired secret is told by name, whoever presents it has had it. */
    private boolean secretFits(Application client, String presented) {
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
