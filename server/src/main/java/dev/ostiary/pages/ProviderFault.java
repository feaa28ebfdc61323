package dev.ostiary.pages;

import dev.ostiary.errors.AppException;
import dev.ostiary.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Why a sign-in with a provider failed, read from our refusal and from the provider's own words. Of those nothing is shown
 * but a code of a known form: a page of ours says no sentence that somebody else has put into a link.
 *
 * @param code of the provider, or ours
 * @param sentence key of what an administrator can do about it
 */
record ProviderFault(SsoFault kind, Optional<String> code, Optional<String> sentence) {
    private static final Pattern ENTRA = Pattern.compile("AADSTS\\d{3,8}");
    private static final Pattern CODE = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");

    /** Codes of Microsoft Entra ID and of OAuth that have a sentence, by its name. */
    static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("AADSTS7000215", "secret_value"),
            Map.entry("AADSTS7000222", "secret_expired"),
            Map.entry("AADSTS7000218", "secret_missing"),
            Map.entry("AADSTS50011", "redirect_uri"),
            Map.entry("AADSTS500113", "redirect_uri"),
            Map.entry("AADSTS900971", "redirect_uri"),
            Map.entry("AADSTS9002325", "platform"),
            Map.entry("AADSTS9002326", "platform"),
            Map.entry("AADSTS9002327", "platform"),
            Map.entry("AADSTS65001", "consent"),
            Map.entry("AADSTS90094", "consent"),
            Map.entry("AADSTS90095", "consent"),
            Map.entry("AADSTS90008", "consent"),
            Map.entry("AADSTS650056", "consent"),
            Map.entry("AADSTS700016", "client"),
            Map.entry("AADSTS700038", "client"),
            Map.entry("AADSTS90002", "directory"),
            Map.entry("AADSTS900023", "directory"),
            Map.entry("AADSTS50194", "directory"),
            Map.entry("AADSTS50020", "other_directory"),
            Map.entry("AADSTS50105", "not_assigned"),
            Map.entry("AADSTS53000", "policy"),
            Map.entry("AADSTS53001", "policy"),
            Map.entry("AADSTS53003", "policy"),
            Map.entry("AADSTS50076", "policy"),
            Map.entry("AADSTS50079", "policy"),
            Map.entry("AADSTS70011", "scope"),
            Map.entry("AADSTS54005", "code"),
            Map.entry("AADSTS70008", "code"),
            Map.entry("invalid_client", "secret"),
            Map.entry("unauthorized_client", "client"),
            Map.entry("redirect_uri_mismatch", "redirect_uri"),
            Map.entry("consent_required", "consent"),
            Map.entry("invalid_scope", "scope"),
            Map.entry("invalid_grant", "code"));

    /** The visitor's own no, whatever it is called. */
    private static final Set<String> CANCELLED = Set.of("access_denied", "AADSTS65004", "user_cancelled_login");

    private static final Set<String> UNREACHABLE =
            Set.of("host_not_found", "refused", "timeout", "broken", "http_status", "too_large");
    private static final Set<String> BUSY = Set.of("server_error", "temporarily_unavailable");
    private static final Set<String> FOR_SOME_USERS = Set.of("not_assigned", "policy", "other_directory");
    private static final List<String> EXPIRED = List.of(
            "session.connector_validation_session_not_found",
            "session.connector_session_not_found",
            "session.csrf_token_mismatch",
            "session.verification_session_not_found",
            "session.interaction_not_found",
            "session.not_found",
            "single_sign_on.test_expired");

    static ProviderFault none(SsoFault kind) {
        return new ProviderFault(kind, Optional.empty(), Optional.empty());
    }

    static ProviderFault of(AppException refusal, ProviderAnswer answer) {
        JsonNode data = Json.tree(refusal.data());
        boolean isOfProvider = refusal.code().startsWith("connector.");
        if (!isOfProvider) {
            return new ProviderFault(kind(refusal.code()), Optional.of(refusal.code()), Optional.empty());
        }
        List<String> words = Stream.of(
                        answer.get("error_description").orElse(""),
                        answer.get("error").orElse(""),
                        text(data, "error_description"),
                        text(data, "errorDescription"),
                        text(data, "error"),
                        text(data, "fault"))
                .toList();
        Optional<String> entra = words.stream()
                .map(ENTRA::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst();
        Optional<String> plain = words.stream()
                .filter(word -> CODE.matcher(word).matches() && !word.startsWith("AADSTS"))
                .findFirst();
        boolean cancelled = words.stream().anyMatch(CANCELLED::contains)
                || entra.filter(CANCELLED::contains).isPresent();
        Optional<String> sentence = Stream.concat(entra.stream(), words.stream())
                .map(SENTENCES::get)
                .filter(Objects::nonNull)
                .findFirst();
        SsoFault kind = cancelled && sentence.isEmpty() ? SsoFault.CANCELLED : kind(refusal.code(), words, sentence);
        Optional<String> code = entra.or(() -> plain).or(() -> Optional.of(refusal.code()));
        return new ProviderFault(
                kind, kind == SsoFault.CANCELLED ? Optional.empty() : code, sentence.map(word -> "sso.admin." + word));
    }

    private static SsoFault kind(String code, List<String> words, Optional<String> sentence) {
        return code.equals("connector.not_found") ? SsoFault.GONE : ofProvider(words, sentence);
    }

    private static SsoFault kind(String code) {
        if (EXPIRED.contains(code)) {
            return SsoFault.EXPIRED;
        }
        return switch (code) {
            case "entity.not_exists_with_id", "user.sign_in_method_not_enabled" -> SsoFault.GONE;
            case "user.suspended" -> SsoFault.SUSPENDED;
            case "auth.forbidden", "user.sso_identity_not_exist" -> SsoFault.CLOSED;
            case "user.email_already_in_use", "user.identity_already_in_use", "session.identity_conflict" ->
                SsoFault.TAKEN;
            default -> SsoFault.REFUSED;
        };
    }

    private static SsoFault ofProvider(List<String> words, Optional<String> sentence) {
        if (sentence.isPresent()) {
            return sentence.filter(FOR_SOME_USERS::contains).isPresent()
                    ? SsoFault.NOT_ASSIGNED
                    : sentence.get().equals("code") ? SsoFault.EXPIRED : SsoFault.MISCONFIGURED;
        }
        if (words.stream().anyMatch(word -> UNREACHABLE.contains(word) || BUSY.contains(word))) {
            return SsoFault.DOWN;
        }
        return SsoFault.REFUSED;
    }

    private static String text(JsonNode data, String name) {
        return data.path(name).asString("");
    }
}
