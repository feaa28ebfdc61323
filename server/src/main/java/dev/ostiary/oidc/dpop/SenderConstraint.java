package dev.ostiary.oidc.dpop;

import dev.ostiary.applications.Application;
import dev.ostiary.crypto.ConstantTime;
import dev.ostiary.http.Request;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.tokens.AccessToken;
import dev.ostiary.tenants.Tenants;
import java.util.TreeSet;

/**
 * Whether an access token comes from the one it was given to (RFC 9449 section 7): a bound token with the scheme {@code
 * DPoP} and a proof of its key, one that is not bound with {@code Bearer}. Anything else is a token in the wrong hands, or
 * one whose binding somebody has taken off (TK11).
 */
public final class SenderConstraint {
    private final DpopProofs proofs;
    private final Tenants tenants;

    public SenderConstraint(DpopProofs proofs, Tenants tenants) {
        this.proofs = proofs;
        this.tenants = tenants;
    }

    /**
     * @param client whose token it is
     * @param isDpop whether it came with the scheme {@code DPoP}
     * @param value the token itself
     * @throws OAuthException 401 with a challenge
     */
    public void check(Request request, Application client, boolean isDpop, AccessToken token, String value) {
        String bound = token.jkt();
        if (bound == null && !isDpop) {
            return;
        }
        if (bound == null || !isDpop) {
            throw challenge(
                    request,
                    client,
                    OAuthError.INVALID_TOKEN.because(
                            bound == null
                                    ? "the access token is not bound to a key"
                                    : "the access token is bound to a key and needs the DPoP scheme"));
        }
        String key;
        try {
            key = proofs.keyFor(request, client, value);
        } catch (OAuthException refusal) {
            throw challenge(request, client, refusal);
        }
        if (!ConstantTime.equal(key, bound)) {
            throw challenge(
                    request, client, OAuthError.INVALID_TOKEN.because("the access token is bound to another key"));
        }
    }

    private OAuthException challenge(Request request, Application client, OAuthException refusal) {
        OAuthException unauthorized = refusal.error().because(401, refusal.description());
        for (var header : refusal.headers().entrySet()) {
            unauthorized = unauthorized.withHeader(header.getKey(), header.getValue());
        }
        return unauthorized
                .withChallenge("DPoP", tenants.issuer(request.tenant()), true)
                .withAlgorithms(String.join(" ", new TreeSet<>(DpopProofs.algorithms(client))));
    }
}
