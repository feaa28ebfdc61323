package dev.ostiary.oidc.clientauth;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.Applications;
import dev.ostiary.applications.ClientAuthenticationMethod;
import dev.ostiary.applications.ClientSettings;
import dev.ostiary.applications.ReadableSecret;
import dev.ostiary.crypto.JoseException;
import dev.ostiary.crypto.Jwt;
import dev.ostiary.crypto.JwtRules;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.crypto.KeySet;
import dev.ostiary.crypto.Secret;
import dev.ostiary.db.Database;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.net.Outbound;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.UsedJtis;
import dev.ostiary.tenants.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code private_key_jwt} and {@code client_secret_jwt} (RFC 7523 section 3, OpenID Connect Core section 9): a client
 * proves itself by a short token of its own, each good once.
 */
public final class ClientAssertion {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** Libraries in use say one hour; with a profile there is no reason for more than minutes. */
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);

    private static final Duration LONGEST_LIFE_FAPI = Duration.ofMinutes(5);

    /** FAPI 2.0 section 5.3.2.1: ten seconds ahead are a clock, more than sixty are not. */
    private static final Duration LEEWAY = Duration.ofSeconds(10);

    private static final long FURTHEST_AHEAD = 60;
    private static final int LONGEST_JTI = 256;

    private final Applications applications;
    private final Database database;
    private final Tenants tenants;
    private final JwtVerifier verifier;
    private final UsedJtis used;
    private final ClientKeys keys;
    private final Clock clock;

    public ClientAssertion(
            Applications applications,
            Database database,
            Tenants tenants,
            JwtVerifier verifier,
            UsedJtis used,
            Outbound outbound,
            Clock clock) {
        this.applications = applications;
        this.database = database;
        this.tenants = tenants;
        this.verifier = verifier;
        this.used = used;
        this.keys = new ClientKeys(outbound, clock);
        this.clock = clock;
    }

    /** Whether the client may prove itself like that at all. */
    static boolean isForClient(Application client) {
        return client.authenticatesBy(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                || client.authenticatesBy(ClientAuthenticationMethod.CLIENT_SECRET_JWT);
    }

    /** Whom it speaks of, where the request names nobody else (RFC 7521 section 4.2). */
    static String clientId(String assertion) {
        return JwtVerifier.claimedSubject(assertion).orElseThrow(() -> refused("the assertion is no JWT of a client"));
    }

    /**
     * @param client whose method is known; the token has no say in it
     * @throws OAuthException {@code invalid_client} with the rule that was broken; which key would have fit is not told
     */
    void verify(Request request, Application client, Params form) {
        String assertion = form.get("client_assertion");
        if (assertion == null) {
            throw OAuthError.INVALID_REQUEST.because("missing required parameter(s) 'client_assertion'");
        }
        if (!TYPE.equals(form.get("client_assertion_type"))) {
            throw OAuthError.INVALID_REQUEST.because("client_assertion_type must have value " + TYPE);
        }
        try {
            Jwt jwt = client.authenticatesBy(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                    ? signed(request, client, assertion)
                    : shared(request, client, assertion);
            checkClaims(request, client, jwt);
        } catch (JoseException e) {
            throw refused(reason(e));
        } catch (ClientKeys.Unreachable e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private Jwt signed(Request request, Application client, String assertion)
            throws JoseException, ClientKeys.Unreachable {
        Set<String> algorithms = client.isFapi() ? ClientSettings.FAPI_ALGORITHMS : ClientSettings.ALGORITHMS;
        try {
            return verifier.verify(
                    assertion, rules(request, client, keys.of(client)).withAlgorithms(algorithms));
        } catch (JoseException e) {
            if (e.kind() != JoseException.Kind.NO_MATCHING_KEY) {
                throw e;
            }
            return verifier.verify(
                    assertion, rules(request, client, keys.renewed(client)).withAlgorithms(algorithms));
        }
    }

    /** An expired secret proves nothing, but who holds it is told what is the matter, as everywhere. */
    private Jwt shared(Request request, Application client, String assertion) throws JoseException {
        Instant now = clock.instant();
        List<ReadableSecret> secrets =
                database.read(request.tenant(), tx -> applications.readableSecrets(tx, client.id()));
        JwtRules rules = rules(request, client, KeySet.of());
        try {
            return verifier.verifyShared(assertion, values(secrets, now, true), rules);
        } catch (JoseException e) {
            if (e.kind() == JoseException.Kind.SIGNATURE_VERIFICATION_FAILED) {
                verifier.verifyShared(assertion, values(secrets, now, false), rules);
                throw OAuthError.INVALID_REQUEST.because("client secret has expired");
            }
            throw e;
        }
    }

    private static List<Secret> values(List<ReadableSecret> secrets, Instant now, boolean alive) {
        return secrets.stream()
                .filter(secret -> secret.isAlive(now) == alive)
                .map(ReadableSecret::value)
                .toList();
    }

    /** A token of another kind says so in its header, and then is none of these. */
    private JwtRules rules(Request request, Application client, KeySet keySet) {
        return JwtRules.of(client.id(), keySet, "", "JWT", "client-authentication+jwt")
                .withAudience(audiences(request, client).toArray(String[]::new))
                .withRequired("sub", "aud", "exp", "jti")
                .withLeeway(LEEWAY);
    }

    /**
     * By the configured origin, whatever the Host header says: an assertion for somebody else's endpoint must not become
     * one for ours by naming that host (CVE-2025-27370).
     */
    private List<String> audiences(Request request, Application client) {
        String issuer = tenants.issuer(request.tenant());
        return client.isFapi()
                ? List.of(issuer)
                : List.of(issuer, issuer + "/token", tenants.origin(request.tenant()) + request.path());
    }

    private void checkClaims(Request request, Application client, Jwt jwt) {
        if (!jwt.subject().orElse("").equals(client.id())) {
            throw refused("sub must be the client_id");
        }
        if (client.isFapi()
                ? !(jwt.claims().get("aud") instanceof String)
                : !audiences(request, client).containsAll(jwt.audience())) {
            throw refused(client.isFapi() ? "aud must be the issuer, as a string" : "aud must name nobody else");
        }
        Instant now = clock.instant();
        Instant expiresAt = jwt.findInstant("exp").orElseThrow();
        if (expiresAt.isAfter(
                now.plus(client.isFapi() ? LONGEST_LIFE_FAPI : LONGEST_LIFE).plus(LEEWAY))) {
            throw refused("exp is too far ahead");
        }
        if (jwt.findInstant("iat")
                .filter(at -> at.isAfter(now.plusSeconds(FURTHEST_AHEAD)))
                .isPresent()) {
            throw refused("iat is ahead");
        }
        String jti = jwt.findString("jti").orElse("");
        if (jti.isEmpty() || jti.length() > LONGEST_JTI) {
            throw refused("jti must be a text of 1 to " + LONGEST_JTI + " characters");
        }
        if (!used.use(request.tenant(), UsedJtis.Kind.CLIENT_ASSERTION, client.id(), jti, expiresAt.plus(LEEWAY))) {
            throw refused("the assertion was used before");
        }
    }

    private static String reason(JoseException e) {
        Map<String, String> claims = Map.of(
                "iss", "iss must be the client_id",
                "aud", "aud must be the issuer",
                "exp", "the assertion has expired or says no exp",
                "nbf", "nbf is ahead",
                "iat", "iat is ahead",
                "typ", "typ is of another kind of token",
                "jti", "jti is missing",
                "sub", "sub must be the client_id");
        String claim = e.claim();
        if (claim != null) {
            return claims.getOrDefault(claim, "a claim is wrong");
        }
        return switch (e.kind()) {
            case ALG_NOT_ALLOWED -> "the algorithm is not allowed";
            case NO_MATCHING_KEY, MULTIPLE_MATCHING_KEYS -> "no single key of the client fits the assertion";
            case SIGNATURE_VERIFICATION_FAILED -> "the signature does not verify";
            default -> "the assertion is no signed JWT";
        };
    }

    private static OAuthException refused(String reason) {
        return OAuthError.INVALID_CLIENT.because("client authentication failed: " + reason);
    }
}
