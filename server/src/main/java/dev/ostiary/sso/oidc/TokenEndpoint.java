package dev.ostiary.sso.oidc;

import dev.ostiary.errors.AppException;
import dev.ostiary.json.Json;
import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundAnswer;
import dev.ostiary.net.OutboundException;
import dev.ostiary.sso.OidcConfig;
import dev.ostiary.sso.SsoFault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks a provider for tokens. */
final class TokenEndpoint {
    private static final Logger log = LoggerFactory.getLogger(TokenEndpoint.class);
    private static final Pattern ERROR = Pattern.compile("[a-z_]{1,60}");
    private static final int LONGEST_LOGGED = 300;

    private final Outbound outbound;
    private final ClientProof proof;

    TokenEndpoint(Outbound outbound, ClientProof proof) {
        this.outbound = outbound;
        this.proof = proof;
    }

    /** RFC 6749 section 4.1.3, with the verifier of RFC 7636 section 4.5. */
    TokenAnswer redeem(
            String tenant,
            ProviderMetadata provider,
            OidcConfig config,
            String code,
            String redirectUri,
            String verifier) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirectUri);
        form.put("code_verifier", verifier);
        return ask(tenant, provider, config, form);
    }

    /** RFC 6749 section 6. */
    TokenAnswer refresh(String tenant, ProviderMetadata provider, OidcConfig config, String refreshToken) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        return ask(tenant, provider, config, form);
    }

    private TokenAnswer ask(String tenant, ProviderMetadata provider, OidcConfig config, Map<String, String> form) {
        Map<String, String> headers = new LinkedHashMap<>();
        proof.add(tenant, provider, config, form, headers);
        OutboundAnswer answer;
        try {
            answer = outbound.postForm(provider.tokenEndpoint(), form, headers);
        } catch (OutboundException e) {
            throw ConnectorError.AUTHORIZATION_FAILED.of(SsoFault.of(e.fault()));
        }
        if (!answer.isSuccess()) {
            throw refusal(answer);
        }
        return TokenAnswer.read(answer.text());
    }

    /** The text is for the operator's log; clients get the standard's words only (SS3). */
    private static AppException refusal(OutboundAnswer answer) {
        String error = "";
        String description = "";
        try {
            JsonNode json = Json.read(answer.text());
            error = json.path("error").asString("");
            description = json.path("error_description").asString("");
        } catch (JacksonException e) {
            // told as a status only
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("status", answer.status());
        if (ERROR.matcher(error).matches()) {
            data.put("error", error);
        }
        Optional<String> entra = EntraErrors.code(description);
        entra.ifPresent(code -> data.put("providerCode", code));
        log.info("A token endpoint answered {}: {} {}", answer.status(), data.get("error"), printable(description));
        SsoFault fault = EntraErrors.fault(description)
                .orElse(
                        switch (error) {
                            case "invalid_client", "unauthorized_client" -> SsoFault.CLIENT_REJECTED;
                            case "invalid_grant" -> SsoFault.CODE_REJECTED;
                            default -> answer.status() == 401 ? SsoFault.CLIENT_REJECTED : SsoFault.TOKEN_REFUSED;
                        });
        ConnectorError code = fault == SsoFault.CODE_REJECTED
                ? ConnectorError.AUTH_CODE_INVALID
                : ConnectorError.AUTHORIZATION_FAILED;
        return code.of(fault, data);
    }

    private static String printable(String text) {
        String visible = text.replaceAll("\\p{C}+", " ");
        return visible.substring(0, Math.min(LONGEST_LOGGED, visible.length()));
    }
}
