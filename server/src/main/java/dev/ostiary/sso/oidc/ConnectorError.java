package dev.ostiary.sso.oidc;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.ErrorCode;
import dev.ostiary.sso.SsoFault;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What went wrong between us and a provider. The wire answers 500: neither the visitor nor the request is at fault. */
enum ConnectorError implements ErrorCode {
    /** Its metadata or keys cannot be had, or do not fit the settings. */
    INVALID_CONFIG("connector.invalid_config"),
    AUTHORIZATION_FAILED("connector.authorization_failed"),
    INVALID_REQUEST_PARAMETERS("connector.invalid_request_parameters"),
    AUTH_CODE_INVALID("connector.social_auth_code_invalid"),
    INVALID_RESPONSE("connector.invalid_response"),
    INVALID_ID_TOKEN("connector.social_invalid_id_token"),
    INVALID_ACCESS_TOKEN("connector.social_invalid_access_token");

    private final String code;

    ConnectorError(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return 500;
    }

    AppException of(SsoFault fault) {
        return of(fault, Map.of());
    }

    /** @param more words of ours or of a standard, never a body or a secret (SS3) */
    AppException of(SsoFault fault, Map<String, ? extends @Nullable Object> more) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("fault", fault.word());
        more.forEach((name, value) -> {
            if (value != null) {
                data.put(name, value);
            }
        });
        return exception(data);
    }
}
