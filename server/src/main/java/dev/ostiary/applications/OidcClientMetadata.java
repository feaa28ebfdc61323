package dev.ostiary.applications;

import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the standards call client metadata (OpenID Connect Dynamic Client Registration 1.0 section 2, RFC 7591), under the
 * names of the wire; what the wire does not know has the standard's name in its spelling.
 *
 * @param redirectUris where codes may be sent, see {@link RedirectUris}
 * @param backchannelLogoutUri told of logouts (OpenID Connect Back-Channel Logout 1.0)
 * @param backchannelLogoutSessionRequired whether it wants the session's id with it
 * @param frontchannelLogoutUri loaded in the browser at a logout (OpenID Connect Front-Channel Logout 1.0)
 * @param frontchannelLogoutSessionRequired whether it wants issuer and session id with it
 * @param initiateLoginUri where somebody else may send a visitor who is to sign in (OpenID Connect Core section 4)
 * @param tokenEndpointAuthMethod the only way in which the client may prove itself; absent: what its type says
 * @param jwks public keys of the client (RFC 7517), for private_key_jwt
 * @param jwksUri where those keys are, instead
 * @param responseTypes kinds of answers it may ask for; absent: code alone
 * @param requirePushedAuthorizationRequests whether its authorization requests count only if they were pushed (RFC 9126
 *     section 6)
 */
public record OidcClientMetadata(
        List<String> redirectUris,
        List<String> postLogoutRedirectUris,
        Optional<String> backchannelLogoutUri,
        Optional<Boolean> backchannelLogoutSessionRequired,
        Optional<String> logoUri,
        Optional<@Size(max = 2048) String> frontchannelLogoutUri,
        Optional<Boolean> frontchannelLogoutSessionRequired,
        Optional<@Size(max = 2048) String> initiateLoginUri,
        Optional<ClientAuthenticationMethod> tokenEndpointAuthMethod,
        Optional<ObjectNode> jwks,
        Optional<@Size(max = 2048) String> jwksUri,
        Optional<@Size(min = 1, max = 8) List<ResponseType>> responseTypes,
        Optional<Boolean> requirePushedAuthorizationRequests) {

    public static final OidcClientMetadata NONE = of(List.of(), List.of());

    /** Whether it is told the session's name: only a client that hears of logouts can do something with that. */
    public boolean wantsSid() {
        return backchannelLogoutUri.isPresent() && backchannelLogoutSessionRequired.orElse(false)
                || frontchannelLogoutUri.isPresent() && frontchannelLogoutSessionRequired.orElse(false);
    }

    public static OidcClientMetadata of(List<String> redirectUris, List<String> postLogoutRedirectUris) {
        ObjectNode document = Json.object();
        redirectUris.forEach(document.putArray("redirectUris")::add);
        postLogoutRedirectUris.forEach(document.putArray("postLogoutRedirectUris")::add);
        return Shape.of(OidcClientMetadata.class).read(document);
    }
}
