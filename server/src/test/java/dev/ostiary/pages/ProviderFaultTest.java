package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.ErrorCode;
import dev.ostiary.errors.Texts;
import dev.ostiary.http.Params;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from a provider's own words, and what is never shown of them. */
class ProviderFaultTest {
    private record Refused(String code) implements ErrorCode {
        @Override
        public int status() {
            return 500;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied,,CANCELLED,,",
        "access_denied,AADSTS65004: User declined to consent,CANCELLED,,",
        "access_denied,AADSTS90094: admin consent,MISCONFIGURED,AADSTS90094,consent",
        "invalid_client,AADSTS7000215: Invalid client secret provided.,MISCONFIGURED,AADSTS7000215,secret_value",
        "invalid_client,,MISCONFIGURED,invalid_client,secret",
        "invalid_request,AADSTS50011: The redirect URI,MISCONFIGURED,AADSTS50011,redirect_uri",
        "interaction_required,AADSTS65001: has not consented,MISCONFIGURED,AADSTS65001,consent",
        "invalid_grant,AADSTS50105: not assigned to a role,NOT_ASSIGNED,AADSTS50105,not_assigned",
        "invalid_grant,,EXPIRED,invalid_grant,code",
        "invalid_scope,,MISCONFIGURED,invalid_scope,scope",
        "temporarily_unavailable,,DOWN,temporarily_unavailable,",
        "server_error,,DOWN,server_error,",
        "timeout,,DOWN,timeout,",
        "something_new,,REFUSED,something_new,"
    })
    void a_provider_s_code_becomes_a_page_and_a_sentence_for_who_can_mend_it(
            String error, String description, SsoFault kind, String code, String sentence) {
        Map<String, String> told =
                description == null ? Map.of("error", error) : Map.of("error", error, "error_description", description);
        ProviderFault atCallback = ProviderFault.of(refusal("connector.authorization_failed", null), answer(told));
        ProviderFault atTokenEndpoint =
                ProviderFault.of(refusal("connector.authorization_failed", told), answer(Map.of()));
        for (ProviderFault fault : List.of(atCallback, atTokenEndpoint)) {
            assertThat(fault.kind()).isEqualTo(kind);
            assertThat(fault.code().orElse(null)).isEqualTo(code);
            assertThat(fault.sentence().orElse(null)).isEqualTo(sentence == null ? null : "sso.admin." + sentence);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "session.csrf_token_mismatch,EXPIRED",
        "session.connector_validation_session_not_found,EXPIRED",
        "connector.not_found,GONE",
        "user.sign_in_method_not_enabled,GONE",
        "user.suspended,SUSPENDED",
        "auth.forbidden,CLOSED",
        "user.email_already_in_use,TAKEN",
        "connector.invalid_response,REFUSED"
    })
    void a_refusal_of_ours_has_its_page_too(String code, SsoFault kind) {
        assertThat(ProviderFault.of(refusal(code, null), answer(Map.of())).kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Call +1 555 0100 now",
                "<script>alert(1)</script>",
                "AADSTS7000215 and more words",
                "x\r\nSet-Cookie: a=b",
                "a_code_that_is_longer_than_any_honest_one_a_code_that_is_longer_than_any_honest_one"
            })
    void XS1_words_that_are_no_code_are_not_shown(String error) {
        ProviderFault fault =
                ProviderFault.of(refusal("connector.authorization_failed", null), answer(Map.of("error", error)));
        assertThat(fault.code().orElse("")).matches("connector\\.authorization_failed|AADSTS7000215");
    }

    @ParameterizedTest
    @EnumSource(SsoFault.class)
    void every_fault_has_its_sentences_in_three_languages(SsoFault fault) {
        for (String language : Texts.LANGUAGES) {
            Phrases phrases = Phrases.in(language);
            assertThat(List.of(fault.heading(), fault.text(), fault.next())).allMatch(phrases::has);
        }
        assertThat(fault.status()).isNotIn(401, 500, 502, 504);
    }

    @Test
    void every_sentence_for_administrators_exists() {
        assertThat(ProviderFault.SENTENCES.values())
                .allMatch(word -> Phrases.in("en").has("sso.admin." + word));
    }

    @Test
    void an_answer_is_its_known_fields_each_once_and_none_too_long() {
        ProviderAnswer answer = ProviderAnswer.of(Params.parse("code=a&state=s&state=t&next=https://evil.example&error="
                + "e".repeat(200) + "&error_description=" + "d".repeat(5000) + "&iss=https%3A%2F%2Fidp.example"));
        assertThat(answer.fields()).containsOnlyKeys("code", "iss", "error_description");
        assertThat(answer.fields().get("error_description")).hasSize(1024);
        assertThat(answer.query()).startsWith("code=a&iss=https%3A%2F%2Fidp.example&error_description=d");
    }

    private static ProviderAnswer answer(Map<String, String> fields) {
        return new ProviderAnswer(fields);
    }

    private static AppException refusal(String code, @Nullable Object data) {
        return new AppException(new Refused(code), data, null);
    }
}
