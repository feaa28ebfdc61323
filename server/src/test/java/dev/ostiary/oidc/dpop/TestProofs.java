package dev.ostiary.oidc.dpop;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.testing.TestKey;
import dev.ostiary.testing.TestServer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Proofs of one key for the endpoints of one server; honest unless a test changes them. */
public final class TestProofs {
    final TestServer server;
    final TestKey key;

    public TestProofs(TestServer server, TestKey key) {
        this.server = server;
        this.key = key;
    }

    public static TestProofs of(TestServer server) {
        return new TestProofs(server, TestKey.of("ES256"));
    }

    public String jkt() {
        return key.thumbprint();
    }

    /** @param changes names and values laid over the claims; a null value takes one away */
    public Map<String, Object> claims(String method, String path, @Nullable Object... changes) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", Ids.secure().token());
        claims.put("htm", method);
        claims.put("htu", server.origin() + path);
        claims.put("iat", server.clock().instant().getEpochSecond());
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                claims.remove(changes[i]);
            } else {
                claims.put((String) changes[i], changes[i + 1]);
            }
        }
        return claims;
    }

    public Map<String, Object> header(@Nullable Object... changes) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "dpop+jwt");
        header.put("jwk", key.jwk());
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                header.remove(changes[i]);
            } else {
                header.put((String) changes[i], changes[i + 1]);
            }
        }
        return header;
    }

    /** Whatever header and claims a test wants. */
    public String sign(Map<String, Object> header, Map<String, Object> claims) {
        return key.sign(header, claims);
    }

    public String proof(String method, String path, @Nullable Object... changes) {
        return key.sign(header(), claims(method, path, changes));
    }

    /** For the token endpoint. */
    public String token(@Nullable Object... changes) {
        return proof("POST", "/oidc/token", changes);
    }

    /** For userinfo, with the token that it comes with. */
    public String me(String accessToken, @Nullable Object... changes) {
        Map<String, Object> claims = claims("GET", "/oidc/me", "ath", Hashes.sha256Base64Url(accessToken));
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                claims.remove(changes[i]);
            } else {
                claims.put((String) changes[i], changes[i + 1]);
            }
        }
        return key.sign(header(), claims);
    }
}
