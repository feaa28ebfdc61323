package dev.ostiary.oidc.dpop;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.ClientSettings;
import dev.ostiary.applications.Dpop;
import dev.ostiary.crypto.ConstantTime;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.crypto.JoseException;
import dev.ostiary.crypto.Jwt;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.crypto.OwnKeyJwt;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.keys.CookieKeys;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.UsedJtis;
import dev.ostiary.tenants.Tenants;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code DPoP} header (RFC 9449 section 4.3): a token that brings its key, is for this very request, was made just
 * now, and comes once. Of an application whose {@code dpop} is off the header is not looked at.
 */
public final class DpopProofs {
    public static final String NONCE = "DPoP-Nonce";

    private static final String HEADER = "DPoP";
    private static final String TYP = "dpop+jwt";
    private static final int LONGEST_JTI = 256;

    /** How old or how far ahead a proof may be, in seconds; the clock of its maker is not ours. */
    private static final long WINDOW = 60;

    private final Tenants tenants;
    private final JwtVerifier verifier;
    private final UsedJtis used;
    private final DpopNonces nonces;
    private final Clock clock;

    public DpopProofs(Tenants tenants, JwtVerifier verifier, UsedJtis used, CookieKeys keys, Clock clock) {
        this.tenants = tenants;
        this.verifier = verifier;
        this.used = used;
        this.nonces = new DpopNonces(keys, clock);
        this.clock = clock;
    }

    /**
     * At the token endpoint: thumbprint of the key that the tokens are to be bound to; null for bearer tokens.
     *
     * @throws OAuthException {@code invalid_request} for none where one must be: nothing is wrong with a proof then (RFC 9449
     *     section 5), and {@code invalid_dpop_proof} would be news to clients that do not use any; {@code
     *     invalid_dpop_proof}, {@code use_dpop_nonce}
     */
    public @Nullable String key(Request request, Application client) {
        Dpop mode = client.customClientMetadata().dpopMode();
        if (mode == Dpop.OFF) {
            return null;
        }
        if (mode == Dpop.REQUIRED && request.header(HEADER) == null) {
            throw refusal(request, OAuthError.INVALID_REQUEST, "a DPoP proof is required");
        }
        return keyIfSent(request, client);
    }

    /** At the endpoint for pushed requests, where a proof is one of two ways to bind the code (section 10.1). */
    public @Nullable String keyIfSent(Request request, Application client) {
        String proof = request.header(HEADER);
        return proof == null || client.customClientMetadata().dpopMode() == Dpop.OFF
                ? null
                : verify(request, client, proof, null);
    }

    /** With an access token (section 7): the thumbprint of the key that this proof was signed with. */
    String keyFor(Request request, Application client, String accessToken) {
        String proof = request.header(HEADER);
        if (proof == null) {
            throw invalid(request, "a DPoP proof is required");
        }
        return verify(request, client, proof, Hashes.sha256Base64Url(accessToken));
    }

    /** What a proof may be signed with by this client. */
    static Set<String> algorithms(Application client) {
        return client.isFapi() ? ClientSettings.FAPI_ALGORITHMS : ClientSettings.ALGORITHMS;
    }

    /** Gives the client a nonce for its next proof (section 8.2). */
    public Response withNonce(Request request, Application client, Response response) {
        return client.customClientMetadata().dpopMode() == Dpop.OFF
                ? response
                : response.with(NONCE, nonces.current(request.tenant()));
    }

    private String verify(Request request, Application client, String proof, @Nullable String tokenHash) {
        OwnKeyJwt jwt;
        try {
            jwt = verifier.verifyWithOwnKey(proof, TYP, algorithms(client));
        } catch (JoseException e) {
            throw invalid(request, reason(e));
        }
        Map<String, Object> claims = jwt.claims();
        if (!request.method().equals(claims.get("htm"))) {
            throw invalid(request, "htm must be " + request.method());
        }
        String here = tenants.origin(request.tenant()) + request.path();
        if (!(claims.get("htu") instanceof String htu) || !isSame(htu, here)) {
            // The configured address, not the Host header: else a proof made for another server would do by naming it.
            throw invalid(request, "htu must be " + here);
        }
        Instant now = clock.instant();
        Instant issuedAt = claims.get("iat") instanceof Number seconds ? Jwt.instant(seconds) : Instant.MIN;
        if (issuedAt.isBefore(now.minusSeconds(WINDOW)) || issuedAt.isAfter(now.plusSeconds(WINDOW))) {
            throw invalid(request, "iat must be within " + WINDOW + " seconds of now");
        }
        if (tokenHash != null && !(claims.get("ath") instanceof String ath && ConstantTime.equal(ath, tokenHash))) {
            throw invalid(request, "ath must be the hash of the access token");
        }
        checkNonce(request, client, claims.get("nonce"));
        if (!(claims.get("jti") instanceof String jti) || jti.isEmpty() || jti.length() > LONGEST_JTI) {
            throw invalid(request, "jti must be a text of 1 to " + LONGEST_JTI + " characters");
        }
        // A second more than the window: whole seconds are compared with parts of one.
        Instant over = issuedAt.plusSeconds(WINDOW + 1);
        if (!used.use(request.tenant(), UsedJtis.Kind.DPOP_PROOF, jwt.thumbprint(), jti, over)) {
            throw invalid(request, "the proof was used before");
        }
        return jwt.thumbprint();
    }

    /** Demanded of clients that must use DPoP; others need not, but what they send is ours or nothing. */
    private void checkNonce(Request request, Application client, @Nullable Object nonce) {
        boolean required = client.customClientMetadata().dpopMode() == Dpop.REQUIRED;
        boolean good = nonce instanceof String text && nonces.isGood(request.tenant(), text);
        if (!good && (required || nonce != null)) {
            throw refusal(request, OAuthError.USE_DPOP_NONCE, "Authorization server requires nonce in DPoP proof");
        }
    }

    /** Compared as RFC 9449 section 4.3 says: without query and fragment, after normalization. */
    private static boolean isSame(String htu, String here) {
        try {
            URI uri = new URI(htu);
            if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
                return false;
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            int standard = scheme.equals("https") ? 443 : 80;
            String port = uri.getPort() == -1 || uri.getPort() == standard ? "" : ":" + uri.getPort();
            return here.equals(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + uri.getRawPath());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private OAuthException invalid(Request request, String description) {
        return refusal(request, OAuthError.INVALID_DPOP_PROOF, description);
    }

    private OAuthException refusal(Request request, OAuthError error, String description) {
        return error.because(description).withHeader(NONCE, nonces.current(request.tenant()));
    }

    private static String reason(JoseException e) {
        return switch (e.kind()) {
            case ALG_NOT_ALLOWED -> "the algorithm of the DPoP proof is not allowed";
            case NO_MATCHING_KEY -> "the DPoP proof must bring its public key, and that alone";
            case SIGNATURE_VERIFICATION_FAILED -> "the signature of the DPoP proof does not verify";
            case CLAIM_VALIDATION_FAILED -> "typ of the DPoP proof must be " + TYP;
            default -> "the DPoP proof is no signed JWT";
        };
    }
}
