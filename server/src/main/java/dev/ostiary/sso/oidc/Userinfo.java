package dev.ostiary.sso.oidc;

import dev.ostiary.json.Json;
import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundAnswer;
import dev.ostiary.net.OutboundException;
import dev.ostiary.sso.SsoFault;
import dev.ostiary.sso.SsoProvider;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks who the holder of an access token is (OpenID Connect Core section 5.3). */
final class Userinfo {
    private final Outbound outbound;

    Userinfo(Outbound outbound) {
        this.outbound = outbound;
    }

    /**
     * @param subject of the ID token; an answer about anybody else is refused
     * @return empty if the provider has no such endpoint, or Entra issued the access token for another API
     */
    Optional<ObjectNode> ask(SsoProvider kind, ProviderMetadata provider, String accessToken, String subject) {
        if (provider.userinfoEndpoint().isEmpty()) {
            return Optional.empty();
        }
        OutboundAnswer answer = fetch(provider.userinfoEndpoint().get(), accessToken);
        boolean unauthorized = answer.status() == 401 || answer.status() == 403;
        if (unauthorized && kind == SsoProvider.AZURE_AD_OIDC) {
            // Its userinfo takes tokens for Microsoft Graph only; the ID token has said everything already.
            return Optional.empty();
        }
        if (answer.status() != 200) {
            throw ConnectorError.INVALID_ACCESS_TOKEN.of(SsoFault.USERINFO_FAILED, Map.of("status", answer.status()));
        }
        ObjectNode claims = claims(answer);
        // Section 5.3.2: without this comparison a provider's mistake, or an attacker's token, signs in somebody else.
        if (!claims.path("sub").isString() || !claims.path("sub").stringValue().equals(subject)) {
            throw ConnectorError.INVALID_RESPONSE.of(SsoFault.USERINFO_SUBJECT_MISMATCH);
        }
        return Optional.of(claims);
    }

    private OutboundAnswer fetch(URI endpoint, String accessToken) {
        try {
            return outbound.get(endpoint, Map.of("Authorization", "Bearer " + accessToken));
        } catch (OutboundException e) {
            throw ConnectorError.INVALID_RESPONSE.of(
                    SsoFault.USERINFO_FAILED, Map.of("reason", e.fault().word()));
        }
    }

    private static ObjectNode claims(OutboundAnswer answer) {
        try {
            JsonNode json = Json.read(answer.text());
            if (json instanceof ObjectNode claims) {
                return claims;
            }
        } catch (JacksonException e) {
            // told below; a signed answer (application/jwt) is only sent to clients that registered for it
        }
        throw ConnectorError.INVALID_RESPONSE.of(SsoFault.USERINFO_FAILED);
    }
}
