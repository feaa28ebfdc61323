package dev.ostiary.sso;

import dev.ostiary.crypto.Secret;
import java.util.Optional;

/**
 * A client at an OpenID provider.
 *
 * @param issuer as the administrator has written it: part of the key of every identity, so it is never tidied up
 * @param scope asked for beyond {@code openid profile email}, separated by spaces or {@code +}; may be empty
 * @param trustUnverifiedEmail whether an e-mail address without {@code email_verified} counts as verified
 * @param offlineAccess whether Google is asked for a refresh token
 * @param clientAuthentication chosen by the administrator; otherwise the provider's metadata decide
 */
public record OidcConfig(
        String clientId,
        Secret clientSecret,
        String issuer,
        String scope,
        boolean trustUnverifiedEmail,
        boolean offlineAccess,
        Optional<ClientAuthenticationMethod> clientAuthentication)
        implements SsoConfig {}
