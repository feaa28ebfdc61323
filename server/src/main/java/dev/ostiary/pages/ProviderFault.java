package dev.ostiary.pages;

import dev.ostiary.errors.AppException;
import dev.ostiary.json.Json;
import dev.ostiary.sso.SsoFault;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Why a sign-in with a provider failed, read from our refusal. Of the provider's own words nothing is shown but a code of a
 * known form: a page of ours says no sentence that somebody else has put into a link.
 *
 * @param code of the provider, or ours
 * @param fault what exactly went wrong, for who can mend it
 */
record ProviderFault(SsoOutcome outcome, Optional<String> code, Optional<SsoFault> fault) {
    private static final Pattern CODE = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");
    private static final Set<String> BUSY = Set.of("server_error", "temporarily_unavailable");
    private static final Set<String> OF_SETTINGS =
            Set.of("unauthorized_client", "invalid_scope", "unsupported_response_type", "consent_required");
    private static final Map<SsoFault, SsoOutcome> OUTCOMES = outcomes();

    static ProviderFault none(SsoOutcome outcome) {
        return new ProviderFault(outcome, Optional.empty(), Optional.empty());
    }

    static ProviderFault of(AppException refusal) {
        String code = refusal.code();
        if (!code.startsWith("connector.") || code.equals("connector.not_found")) {
            return new ProviderFault(ofOurs(code), Optional.of(code), Optional.empty());
        }
        JsonNode data = Json.tree(refusal.data());
        Optional<SsoFault> fault = Arrays.stream(SsoFault.values())
                .filter(one -> one.word().equals(text(data, "fault")))
                .findFirst();
        SsoOutcome outcome =
                fault.map(one -> ofProvider(one, text(data, "error"))).orElse(SsoOutcome.REFUSED);
        if (outcome == SsoOutcome.CANCELLED) {
            return none(outcome);
        }
        Optional<String> shown = Stream.of(text(data, "providerCode"), text(data, "error"), text(data, "fault"))
                .filter(word -> CODE.matcher(word).matches())
                .findFirst();
        return new ProviderFault(outcome, shown.or(() -> Optional.of(code)), fault);
    }

    private static SsoOutcome ofOurs(String code) {
        return switch (code) {
            case "session.connector_validation_session_not_found",
                    "session.connector_session_not_found",
                    "session.csrf_token_mismatch",
                    "session.verification_session_not_found",
                    "session.interaction_not_found",
                    "session.not_found",
                    "single_sign_on.test_expired" -> SsoOutcome.EXPIRED;
            case "connector.not_found", "entity.not_exists_with_id", "user.sign_in_method_not_enabled" ->
                SsoOutcome.GONE;
            case "session.sso_enabled" -> SsoOutcome.MOVED;
            case "user.suspended" -> SsoOutcome.SUSPENDED;
            case "auth.forbidden", "user.sso_identity_not_exist" -> SsoOutcome.CLOSED;
            case "user.email_already_in_use", "user.identity_already_in_use", "session.identity_conflict" ->
                SsoOutcome.TAKEN;
            default -> SsoOutcome.REFUSED;
        };
    }

    private static SsoOutcome ofProvider(SsoFault fault, String error) {
        if (fault == SsoFault.PROVIDER_ERROR && BUSY.contains(error)) {
            return SsoOutcome.DOWN;
        }
        if (fault == SsoFault.PROVIDER_ERROR && OF_SETTINGS.contains(error)) {
            return SsoOutcome.MISCONFIGURED;
        }
        return OUTCOMES.getOrDefault(fault, SsoOutcome.REFUSED);
    }

    /** All others are answers that do not stand the checks. */
    private static Map<SsoFault, SsoOutcome> outcomes() {
        Map<SsoFault, SsoOutcome> outcomes = new EnumMap<>(SsoFault.class);
        outcomes.put(SsoFault.CANCELLED, SsoOutcome.CANCELLED);
        List.of(SsoFault.CODE_REJECTED, SsoFault.CONNECTOR_CHANGED)
                .forEach(fault -> outcomes.put(fault, SsoOutcome.EXPIRED));
        List.of(
                        SsoFault.USER_NOT_ASSIGNED,
                        SsoFault.USER_OF_OTHER_DIRECTORY,
                        SsoFault.CONDITIONAL_ACCESS,
                        SsoFault.TENANT_MISMATCH)
                .forEach(fault -> outcomes.put(fault, SsoOutcome.NOT_ASSIGNED));
        List.of(
                        SsoFault.HOST_NOT_FOUND,
                        SsoFault.REFUSED,
                        SsoFault.TIMEOUT,
                        SsoFault.BROKEN,
                        SsoFault.HTTP_STATUS,
                        SsoFault.USERINFO_FAILED)
                .forEach(fault -> outcomes.put(fault, SsoOutcome.DOWN));
        List.of(
                        SsoFault.NOT_A_URL,
                        SsoFault.NOT_HTTPS,
                        SsoFault.PRIVATE_ADDRESS,
                        SsoFault.TLS,
                        SsoFault.REDIRECTED,
                        SsoFault.NOT_FOUND,
                        SsoFault.NOT_JSON,
                        SsoFault.ISSUER_MISMATCH,
                        SsoFault.MISSING_ENDPOINT,
                        SsoFault.NO_CLIENT_AUTHENTICATION,
                        SsoFault.CLIENT_REJECTED,
                        SsoFault.ID_TOKEN_MISSING,
                        SsoFault.WRONG_SECRET_VALUE,
                        SsoFault.SECRET_EXPIRED,
                        SsoFault.REDIRECT_URI_MISMATCH,
                        SsoFault.CONSENT_MISSING,
                        SsoFault.PLATFORM_NOT_WEB,
                        SsoFault.UNKNOWN_TENANT,
                        SsoFault.APPLICATION_NOT_FOUND)
                .forEach(fault -> outcomes.put(fault, SsoOutcome.MISCONFIGURED));
        return outcomes;
    }

    private static String text(JsonNode data, String name) {
        return data.path(name).asString("");
    }
}
