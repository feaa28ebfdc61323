package dev.ostiary.oidc.logout;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.Applications;
import dev.ostiary.crypto.JoseException;
import dev.ostiary.crypto.Jwt;
import dev.ostiary.crypto.JwtRules;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.keys.Keys;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.tenants.Tenants;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which application sent a visitor to sign out: it says so itself, or by an ID token it once got. */
public final class LogoutHint {
    private final Applications applications;
    private final Tenants tenants;
    private final Keys keys;
    private final JwtVerifier verifier;

    public LogoutHint(Applications applications, Tenants tenants, Keys keys, JwtVerifier verifier) {
        this.applications = applications;
        this.tenants = tenants;
        this.keys = keys;
        this.verifier = verifier;
    }

    /**
     * @param client null for a visit out of nowhere
     * @param subject whom the application means to sign out, if it has sent an ID token
     */
    record Sender(@Nullable Application client, @Nullable String subject) {}

    /** @throws OAuthException for a hint that is none of ours, an unknown client, and where the two disagree */
    Sender sender(String tenant, LogoutRequest asked) {
        String id = asked.clientId();
        String subject = null;
        if (asked.idTokenHint() != null) {
            Jwt hint = verified(tenant, asked.idTokenHint());
            List<String> audience = hint.audience();
            if (audience.size() != 1 || (id != null && !id.equals(audience.getFirst()))) {
                throw OAuthError.INVALID_REQUEST.because("client_id does not match the provided id_token_hint");
            }
            id = audience.getFirst();
            subject = hint.subject().orElse(null);
        }
        if (id == null) {
            return new Sender(null, null);
        }
        String wanted = id;
        Optional<Application> client = applications.find(tenant, wanted);
        return new Sender(
                client.orElseThrow(() -> OAuthError.INVALID_CLIENT.because(400, "invalid client " + wanted)), subject);
    }

    /** One that has expired is as good: who signs out late has an old token (section 2). */
    private Jwt verified(String tenant, String hint) {
        JwtRules rules = JwtRules.of(tenants.issuer(tenant), keys.keySet(tenant), "", "JWT")
                .withAnyAudience()
                .withRequired("sub", "exp")
                .withExpiredAllowed();
        try {
            return verifier.verify(hint, rules);
        } catch (JoseException e) {
            throw OAuthError.INVALID_REQUEST.because("could not validate id_token_hint");
        }
    }
}
