package dev.ostiary.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.ErrorCode;
import dev.ostiary.errors.Texts;
import dev.ostiary.http.Params;
import java.util.HashMap;
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
        "cancelled,access_denied,,CANCELLED,",
        "consent_missing,access_denied,AADSTS90094,MISCONFIGURED,AADSTS90094",
        "wrong_secret_value,invalid_client,AADSTS7000215,MISCONFIGURED,AADSTS7000215",
        "client_rejected,invalid_client,,MISCONFIGURED,invalid_client",
        "user_not_assigned,invalid_grant,AADSTS50105,NOT_ASSIGNED,AADSTS50105",
        "user_of_other_directory,invalid_request,AADSTS50020,NOT_ASSIGNED,AADSTS50020",
        "platform_not_web,invalid_client,AADSTS7000218,MISCONFIGURED,AADSTS7000218",
        "code_rejected,invalid_grant,,EXPIRED,invalid_grant",
        "provider_error,invalid_scope,,MISCONFIGURED,invalid_scope",
        "provider_error,temporarily_unavailable,,DOWN,temporarily_unavailable",
        "provider_error,something_new,,REFUSED,something_new",
        "timeout,,,DOWN,timeout",
        "private_address,,,MISCONFIGURED,private_address",
        "id_token_nonce,,,REFUSED,id_token_nonce"
    })
    void a_fault_of_the_provider_becomes_a_page_with_its_code(
            String fault, String error, String providerCode, SsoOutcome outcome, String code) {
        Map<String, String> data = new HashMap<>();
        data.put("fault", fault);
        data.put("error", error);
        data.put("providerCode", providerCode);
        ProviderFault read = ProviderFault.of(refusal("connector.authorization_failed", data));
        assertThat(read.outcome()).isEqualTo(outcome);
        assertThat(read.code().orElse(null)).isEqualTo(code);
        assertThat(read.fault().isPresent()).isEqualTo(outcome != SsoOutcome.CANCELLED);
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
    void a_refusal_of_ours_has_its_page_too(String code, SsoOutcome outcome) {
        assertThat(ProviderFault.of(refusal(code, null)).outcome()).isEqualTo(outcome);
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
        ProviderFault fault = ProviderFault.of(
                refusal("connector.authorization_failed", Map.of("fault", "provider_error", "error", error)));
        assertThat(fault.code().orElse("")).matches("provider_error");
    }

    @ParameterizedTest
    @EnumSource(SsoOutcome.class)
    void every_fault_has_its_sentences_in_three_languages(SsoOutcome fault) {
        for (String language : Texts.LANGUAGES) {
            Phrases phrases = Phrases.in(language);
            assertThat(List.of(fault.heading(), fault.text(), fault.next())).allMatch(phrases::has);
        }
        assertThat(fault.status()).isNotIn(401, 500, 502, 504);
    }

    @Test
    void an_answer_is_its_known_fields_each_once_and_none_too_long() {
        ProviderAnswer answer = ProviderAnswer.of(Params.parse("code=a&state=s&state=t&next=https://evil.example&error="
                + "e".repeat(200) + "&error_description=" + "d".repeat(5000) + "&iss=https%3A%2F%2Fidp.example"));
        assertThat(answer.fields()).containsOnlyKeys("code", "iss", "error_description");
        assertThat(answer.fields().get("error_description")).hasSize(1024);
        assertThat(answer.query()).startsWith("code=a&iss=https%3A%2F%2Fidp.example&error_description=d");
    }

    private static AppException refusal(String code, @Nullable Object data) {
        return new AppException(new Refused(code), data, null);
    }
}
