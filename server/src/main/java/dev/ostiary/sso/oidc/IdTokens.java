package dev.ostiary.sso.oidc;

import dev.ostiary.crypto.ConstantTime;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.crypto.JoseException;
import dev.ostiary.crypto.Jwt;
import dev.ostiary.crypto.JwtRules;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.crypto.KeySet;
import dev.ostiary.errors.AppException;
import dev.ostiary.json.Json;
import dev.ostiary.sso.OidcConfig;
import dev.ostiary.sso.SsoFault;
import dev.ostiary.sso.SsoProvider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Verifies ID tokens by OpenID Connect Core section 3.1.3.7, each step of it, and a little more strictly. */
final class IdTokens {
    private static final Duration LEEWAY = Duration.ofSeconds(60);

    /** It was issued for the code that we have just redeemed. */
    private static final Duration OLDEST = Duration.ofMinutes(10);

    /** OpenID Connect Core section 2. */
    private static final int LONGEST_SUBJECT = 255;

    /** Google reserves the right to leave out the scheme, as it did before there was a standard. */
    private static final String GOOGLE_OLD_ISSUER = "accounts.google.com";

    /** A token without key id that a new key has signed fails on its signature. */
    private static final Set<JoseException.Kind> OUTDATED_KEYS =
            EnumSet.of(JoseException.Kind.NO_MATCHING_KEY, JoseException.Kind.SIGNATURE_VERIFICATION_FAILED);

    private static final String[] REQUIRED = {"exp", "iat", "sub", "nonce"};

    private final Discovery discovery;
    private final JwtVerifier verifier;
    private final Clock clock;

    /** What the token must answer. */
    record Request(SsoProvider provider, String nonce) {}

    IdTokens(Discovery discovery, JwtVerifier verifier, Clock clock) {
        this.discovery = discovery;
        this.verifier = verifier;
        this.clock = clock;
    }

    /** @param accessToken that came with it, for {@code at_hash} */
    Jwt verify(Request request, ProviderMetadata provider, OidcConfig config, String token, String accessToken) {
        Optional<String> tenantId =
                Issuers.isTemplate(provider.issuer()) ? Optional.of(tenantId(token)) : Optional.empty();
        String issuer = tenantId.map(tenant -> Issuers.ofTenant(provider.issuer(), config.issuer(), tenant)
                        .orElseThrow(() -> refusal(SsoFault.TENANT_MISMATCH)))
                .orElse(provider.issuer());
        Jwt verified = signed(token, issuer, provider, config);
        checkAlgorithm(verified, provider);
        checkAuthorizedParty(verified, config);
        checkAge(verified);
        checkNonce(verified, request.nonce);
        checkAccessToken(verified, accessToken);
        if (request.provider == SsoProvider.AZURE_AD_OIDC) {
            checkTenant(verified, tenantId);
        }
        subject(verified.claims().get("sub"));
        return verified;
    }

    private Jwt signed(String token, String issuer, ProviderMetadata provider, OidcConfig config) {
        try {
            return verifier.verify(token, rules(issuer, config, discovery.keys(provider)));
        } catch (JoseException first) {
            if (!OUTDATED_KEYS.contains(first.kind())) {
                throw refusal(first);
            }
        }
        try {
            // The provider may have changed its keys since they were fetched.
            return verifier.verify(token, rules(issuer, config, discovery.newerKeys(provider)));
        } catch (JoseException e) {
            throw refusal(e);
        }
    }

    private static JwtRules rules(String issuer, OidcConfig config, KeySet keys) {
        JwtRules rules = JwtRules.of(issuer, keys, "", "jwt")
                .withAudience(config.clientId())
                .withLeeway(LEEWAY)
                .withRequired(REQUIRED)
                .withKeyHintsIgnored();
        return issuer.equals(SsoProvider.GOOGLE_ISSUER) ? rules.andIssuer(GOOGLE_OLD_ISSUER, keys) : rules;
    }

    private static void checkAlgorithm(Jwt token, ProviderMetadata provider) {
        // That it is asymmetric and fits the key has been checked; here, that the provider uses it at all.
        String algorithm = token.header().get("alg") instanceof String name ? name : "";
        if (!provider.algorithms().isEmpty() && !provider.algorithms().contains(algorithm)) {
            throw refusal(SsoFault.ID_TOKEN_ALGORITHM);
        }
    }

    private static void checkAuthorizedParty(Jwt token, OidcConfig config) {
        Object azp = token.claims().get("azp");
        boolean several = !List.of(config.clientId()).equals(token.audience());
        if (azp == null ? several : !azp.equals(config.clientId())) {
            throw claim(SsoFault.ID_TOKEN_AUDIENCE, "azp", azp == null ? "missing" : "check_failed");
        }
    }

    private void checkAge(Jwt token) {
        Instant issuedAt = token.findInstant("iat").orElseThrow(() -> claim(SsoFault.ID_TOKEN_TIME, "iat", "invalid"));
        Instant now = clock.instant();
        if (issuedAt.isBefore(now.minus(OLDEST)) || issuedAt.isAfter(now.plus(LEEWAY))) {
            throw claim(SsoFault.ID_TOKEN_TIME, "iat", "check_failed");
        }
    }

    private static void checkNonce(Jwt token, String nonce) {
        String stated = token.findString("nonce").orElse("");
        if (nonce.isEmpty() || !ConstantTime.equal(stated, nonce)) {
            throw claim(SsoFault.ID_TOKEN_NONCE, "nonce", "check_failed");
        }
    }

    /** OpenID Connect Core section 3.1.3.6: the left half of the hash that the signature's algorithm uses. */
    private static void checkAccessToken(Jwt token, String accessToken) {
        Object stated = token.claims().get("at_hash");
        if (stated == null) {
            return;
        }
        String algorithm = String.valueOf(token.header().get("alg"));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-" + algorithm.substring(2));
            byte[] hash = digest.digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            String half = Hashes.base64Url(Arrays.copyOf(hash, hash.length / 2));
            if (stated instanceof String text && ConstantTime.equal(text, half)) {
                return;
            }
        } catch (NoSuchAlgorithmException e) {
            // A hash that cannot be checked has not been checked (RP3).
        }
        throw claim(SsoFault.ID_TOKEN_HASH, "at_hash", "check_failed");
    }

    /** A token of one tenant of Entra must not say it is of another (RP5). */
    private static void checkTenant(Jwt token, Optional<String> expected) {
        Optional<String> inIssuer = expected.or(() -> Issuers.tenantId(token.issuer()));
        Optional<String> stated = token.findString("tid");
        boolean agree = inIssuer.isEmpty()
                || (stated.isEmpty() && expected.isEmpty())
                || stated.filter(inIssuer.get()::equalsIgnoreCase).isPresent();
        if (!agree) {
            throw refusal(SsoFault.TENANT_MISMATCH);
        }
    }

    /** Names an account for good, so nothing odd may pass for one (RP2). */
    static String subject(@Nullable Object sub) {
        if (sub instanceof String text
                && !text.isBlank()
                && text.length() <= LONGEST_SUBJECT
                && text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        throw claim(SsoFault.SUBJECT_INVALID, "sub", "invalid");
    }

    /** Which tenant's issuer to hold the token to. Read before it is verified: the verified one is compared with it. */
    private static String tenantId(String token) {
        String[] parts = token.split("\\.", 4);
        try {
            JsonNode claims = Json.read(Base64.getUrlDecoder().decode(parts.length == 3 ? parts[1] : ""));
            return claims.path("tid").asString("");
        } catch (IllegalArgumentException | JacksonException e) {
            throw refusal(SsoFault.ID_TOKEN_INVALID);
        }
    }

    private static AppException refusal(JoseException e) {
        SsoFault fault =
                switch (e.kind()) {
                    case SIGNATURE_VERIFICATION_FAILED -> SsoFault.ID_TOKEN_SIGNATURE;
                    case NO_MATCHING_KEY, MULTIPLE_MATCHING_KEYS, JWKS_INVALID -> SsoFault.ID_TOKEN_KEY_UNKNOWN;
                    case ALG_NOT_ALLOWED -> SsoFault.ID_TOKEN_ALGORITHM;
                    case JWT_EXPIRED -> SsoFault.ID_TOKEN_EXPIRED;
                    case CLAIM_VALIDATION_FAILED -> ofClaim(String.valueOf(e.claim()));
                    default -> SsoFault.ID_TOKEN_INVALID;
                };
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("claim", e.claim());
        data.put("reason", e.reason());
        return ConnectorError.INVALID_ID_TOKEN.of(fault, data);
    }

    private static SsoFault ofClaim(String claim) {
        return switch (claim) {
            case "iss" -> SsoFault.ID_TOKEN_ISSUER;
            case "aud" -> SsoFault.ID_TOKEN_AUDIENCE;
            case "exp", "iat", "nbf" -> SsoFault.ID_TOKEN_TIME;
            case "nonce" -> SsoFault.ID_TOKEN_NONCE;
            case "sub" -> SsoFault.SUBJECT_INVALID;
            default -> SsoFault.ID_TOKEN_INVALID;
        };
    }

    private static AppException refusal(SsoFault fault) {
        return ConnectorError.INVALID_ID_TOKEN.of(fault);
    }

    private static AppException claim(SsoFault fault, String claim, String reason) {
        return ConnectorError.INVALID_ID_TOKEN.of(fault, Map.of("claim", claim, "reason", reason));
    }
}
