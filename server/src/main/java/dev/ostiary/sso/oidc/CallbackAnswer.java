package dev.ostiary.sso.oidc;

import dev.ostiary.sso.OidcConfig;
import dev.ostiary.sso.SsoFault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what the browser brought back from the authorization endpoint. */
final class CallbackAnswer {
    private static final int LONGEST_CODE = 8192;
    private static final int LONGEST_DESCRIPTION = 300;

    /** RFC 6749 section 4.1.2.1. */
    private static final Pattern ERROR = Pattern.compile("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]{1,100}");

    private CallbackAnswer() {}

    /** The code, if the answer is of this provider and no refusal. */
    static String code(ProviderMetadata provider, OidcConfig config, Map<String, String> answer) {
        // First of all: an error of another provider is no word of this one either (RFC 9207 section 2.4).
        checkIssuer(provider, config, answer);
        if (answer.containsKey("error")) {
            throw refusal(answer.get("error"), answer.getOrDefault("error_description", ""));
        }
        String code = answer.get("code");
        if (code == null || code.isEmpty() || code.length() > LONGEST_CODE) {
            throw ConnectorError.INVALID_REQUEST_PARAMETERS.of(SsoFault.CODE_MISSING);
        }
        return code;
    }

    private static void checkIssuer(ProviderMetadata provider, OidcConfig config, Map<String, String> answer) {
        String iss = answer.get("iss");
        if (iss == null) {
            if (provider.statesIssuer()) {
                throw ConnectorError.AUTHORIZATION_FAILED.of(SsoFault.ANSWER_ISSUER_MISSING);
            }
        } else if (!Issuers.matches(provider.issuer(), config.issuer(), iss)) {
            throw ConnectorError.AUTHORIZATION_FAILED.of(SsoFault.ANSWER_ISSUER_MISMATCH);
        }
    }

    /** The visitor has the text in the address bar already; it is repeated shortened and without control characters. */
    private static RuntimeException refusal(String error, String description) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("error", ERROR.matcher(error).matches() ? error : "invalid");
        String visible = description.replaceAll("\\p{C}+", " ").strip();
        if (!visible.isEmpty()) {
            data.put("errorDescription", visible.substring(0, Math.min(LONGEST_DESCRIPTION, visible.length())));
        }
        Optional<String> entra = EntraErrors.code(description);
        entra.ifPresent(code -> data.put("providerCode", code));
        SsoFault otherwise = error.equals("access_denied") ? SsoFault.CANCELLED : SsoFault.PROVIDER_ERROR;
        return ConnectorError.AUTHORIZATION_FAILED.of(
                EntraErrors.fault(description).orElse(otherwise), data);
    }
}
