package dev.ostiary.applications;

import java.util.List;
import java.util.Optional;

/**
 * Addresses of a client, under the names of the wire.
 *
 * @param redirectUris where codes may be sent, see {@link RedirectUris}
 * @param backchannelLogoutUri told of logouts (OpenID Connect Back-Channel Logout 1.0)
 * @param backchannelLogoutSessionRequired whether it wants the session's id with it
 */
public record OidcClientMetadata(
        List<String> redirectUris,
        List<String> postLogoutRedirectUris,
        Optional<String> backchannelLogoutUri,
        Optional<Boolean> backchannelLogoutSessionRequired,
        Optional<String> logoUri) {

    public static final OidcClientMetadata NONE = of(List.of(), List.of());

    public static OidcClientMetadata of(List<String> redirectUris, List<String> postLogoutRedirectUris) {
        return new OidcClientMetadata(
                redirectUris, postLogoutRedirectUris, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
