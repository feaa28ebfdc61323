package dev.ostiary.crypto;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer, in the order of its JWKS document (RFC 7517 section 5).
 *
 * @param keys those that can verify signatures; others of the document are left out
 */
public record KeySet(List<VerificationKey> keys) {
    /** A document of a foreign issuer larger than this is not read. */
    private static final int LONGEST_DOCUMENT = 512 * 1024;

    private static final int MOST_KEYS = 100;

    public KeySet {
        keys = List.copyOf(keys);
    }

    public static KeySet of(VerificationKey... keys) {
        return new KeySet(List.of(keys));
    }

    /**
     * Reads a JWKS document. Keys of other kinds (encryption, symmetric, unknown curves) are skipped, as RFC 7517
     * section 5 asks.
     *
     * @throws JoseException {@code ERR_JWKS_INVALID} if it is not a JWKS document or unreasonably large
     */
    public static KeySet parse(String json) throws JoseException {
        if (json.length() > LONGEST_DOCUMENT) {
            throw invalid();
        }
        try {
            Map<String, Object>[] entries = JSONObjectUtils.getJSONObjectArray(JoseJson.object(json), "keys");
            if (entries == null || entries.length > MOST_KEYS) {
                throw invalid();
            }
            List<VerificationKey> keys = new ArrayList<>();
            for (Map<String, Object> entry : entries) {
                read(JoseJson.present(entry), keys);
            }
            return new KeySet(keys);
        } catch (ParseException malformed) {
            throw invalid();
        }
    }

    private static void read(Map<String, Object> entry, List<VerificationKey> keys) {
        try {
            VerificationKey.of(JWK.parse(entry)).ifPresent(keys::add);
        } catch (ParseException | IllegalArgumentException unusable) {
            // One odd key does not make the others unusable.
        }
    }

    private static JoseException invalid() {
        return JoseException.of(JoseException.Kind.JWKS_INVALID, "Not a JSON Web Key Set");
    }

    /** The one key that a token with this header can only have been signed with. */
    VerificationKey select(@Nullable String kid, JWSAlgorithm algorithm) throws JoseException {
        List<VerificationKey> named = keys.stream()
                .filter(key -> kid == null || !key.statesKid() || key.kid().equals(kid))
                .toList();
        if (named.isEmpty()) {
            throw JoseException.of(JoseException.Kind.NO_MATCHING_KEY, "No key of the issuer matches the token");
        }
        List<VerificationKey> matching =
                named.stream().filter(key -> key.supports(algorithm)).toList();
        if (matching.isEmpty()) {
            throw JoseException.of(JoseException.Kind.ALG_NOT_ALLOWED, "The key of the token is not for its algorithm");
        }
        if (matching.size() > 1) {
            throw JoseException.of(
                    JoseException.Kind.MULTIPLE_MATCHING_KEYS, "Several keys of the issuer match the token");
        }
        return matching.getFirst();
    }

    /** The JWKS document. */
    public String json() {
        StringBuilder json = new StringBuilder("{\"keys\":[");
        for (int i = 0; i < keys.size(); i++) {
            json.append(i == 0 ? "" : ",").append(keys.get(i).jwkJson());
        }
        return json.append("]}").toString();
    }
}
