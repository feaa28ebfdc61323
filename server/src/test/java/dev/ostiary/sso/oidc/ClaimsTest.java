package dev.ostiary.sso.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.crypto.Secret;
import dev.ostiary.json.Json;
import dev.ostiary.sso.OidcConfig;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoFault;
import dev.ostiary.sso.SsoProfile;
import dev.ostiary.sso.SsoProvider;
import dev.ostiary.testing.TestProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What is made of claims, and what is not (RP2, AL1, AL2). */
class ClaimsTest {
    private static final String TENANT = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    private static final String CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad";

    private static RelyingParty us;

    @BeforeAll
    static void open() {
        us = new RelyingParty();
    }

    @AfterAll
    static void shut() {
        us.close();
    }

    /** Whose address links: claims of the ID token, the administrator's trust. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "OIDC|{\"email_verified\":true}|false|true",
                "OIDC|{\"email_verified\":false}|false|false",
                "OIDC|{\"email_verified\":false}|true|false",
                "OIDC|{\"email_verified\":\"true\"}|false|false",
                "OIDC|{\"email_verified\":\"false\"}|true|false",
                "OIDC|{\"email_verified\":1}|false|false",
                "OIDC|{\"email_verified\":0}|true|false",
                "OIDC|{\"email_verified\":[true]}|false|false",
                "OIDC|{\"email_verified\":null}|false|false",
                "OIDC|{\"email_verified\":null}|true|true",
                "OIDC|{}|false|false",
                "OIDC|{}|true|true",
                "OIDC|{\"xms_edov\":true}|false|false",
                "AZURE_AD_OIDC|{}|false|false",
                "AZURE_AD_OIDC|{}|true|true",
                "AZURE_AD_OIDC|{\"xms_edov\":true}|false|true",
                "AZURE_AD_OIDC|{\"xms_edov\":1}|false|true",
                "AZURE_AD_OIDC|{\"xms_edov\":\"1\"}|false|true",
                "AZURE_AD_OIDC|{\"xms_edov\":\"0\"}|false|false",
                "AZURE_AD_OIDC|{\"xms_edov\":0}|false|false",
                "AZURE_AD_OIDC|{\"xms_edov\":false}|false|false",
                "AZURE_AD_OIDC|{\"xms_edov\":[true]}|false|false",
                "AZURE_AD_OIDC|{\"xms_edov\":true,\"email_verified\":false}|true|false",
            })
    void an_address_links_only_when_somebody_vouches_for_it_AL2(
            SsoProvider kind, String claims, boolean trust, boolean links) {
        SsoProfile profile = profile(kind, trust, object(claims).put("email", "ada@acme.test"), null);
        assertThat(profile.email().isPresent()).isEqualTo(links);
        assertThat(profile.unverifiedEmail().isPresent()).isEqualTo(!links);
        assertThat(profile.detail().has("email")).isEqualTo(links);
    }

    @Test
    void the_administrators_trust_ends_at_the_connectors_domains_AL1() {
        ObjectNode foreign = object("{}").put("email", "victim@other.example");
        assertThat(profile(SsoProvider.AZURE_AD_OIDC, true, foreign, null).email())
                .isEmpty();
        assertThat(profile(SsoProvider.AZURE_AD_OIDC, true, foreign, null).unverifiedEmail())
                .contains("victim@other.example");
        ObjectNode spelled = object("{}").put("email", "Ada@ACME.Test");
        assertThat(profile(SsoProvider.OIDC, true, spelled, null).email()).contains("Ada@ACME.Test");
    }

    @Test
    void one_answers_flag_does_not_verify_the_others_address_AL2() {
        ObjectNode token = object("{\"email\":\"ada@acme.test\",\"email_verified\":true,\"xms_edov\":true}");
        for (SsoProvider kind : List.of(SsoProvider.OIDC, SsoProvider.AZURE_AD_OIDC)) {
            SsoProfile profile = profile(kind, false, token, object("{\"email\":\"victim@acme.test\"}"));
            assertThat(profile.email()).isEmpty();
            assertThat(profile.unverifiedEmail()).contains("victim@acme.test");
        }
        assertThat(profile(SsoProvider.OIDC, false, token, object("{\"name\":\"A\"}"))
                        .email())
                .contains("ada@acme.test");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "7",
                "\"\"",
                "\"  \"",
                "\"nobody\"",
                "\"a@b\"",
                "\"a b@acme.test\"",
                "\"a@b@acme.test\"",
                "\"a\\u0000@acme.test\"",
                "[\"ada@acme.test\"]",
                "{\"value\":\"ada@acme.test\"}",
                "true",
            })
    void what_is_no_address_is_none_RP2(String email) {
        ObjectNode claims = object("{\"email\":" + email + ",\"email_verified\":true}");
        SsoProfile profile = profile(SsoProvider.OIDC, true, claims, null);
        assertThat(profile.email()).isEmpty();
        assertThat(profile.unverifiedEmail()).isEmpty();
    }

    @Test
    void an_address_of_four_kilobytes_is_none_and_so_is_such_a_name_RP2() {
        String long4k = "a".repeat(4096);
        ObjectNode claims = object("{}")
                .put("email", long4k + "@acme.test")
                .put("name", long4k)
                .put("picture", "https://" + long4k);
        SsoProfile profile = profile(SsoProvider.OIDC, true, claims, null);
        assertThat(profile.email()).isEmpty();
        assertThat(profile.name()).isEmpty();
        assertThat(profile.avatar()).isEmpty();
    }

    @Test
    void a_picture_is_an_address_of_the_web_and_is_never_fetched_SS3() {
        for (String odd : List.of("javascript:alert(1)", "data:image/png;base64,AA", "//x/y", "x", "https://a b/")) {
            assertThat(profile(SsoProvider.OIDC, false, object("{}").put("picture", odd), null)
                            .avatar())
                    .as(odd)
                    .isEmpty();
        }
    }

    @Test
    void a_phone_counts_when_it_is_verified_and_is_stored_as_digits() {
        ObjectNode claims = object("{\"phone_number\":\"+81 (90) 1234-5678\",\"phone_number_verified\":true}");
        assertThat(profile(SsoProvider.OIDC, false, claims, null).phone()).contains("819012345678");
        assertThat(profile(SsoProvider.OIDC, false, claims.put("phone_number_verified", "true"), null)
                        .phone())
                .isEmpty();
    }

    @Test
    void entra_names_accounts_without_a_mailbox_by_what_looks_like_an_address() {
        ObjectNode upn = object("{\"preferred_username\":\"+81 3\",\"upn\":\"ada@acme.onmicrosoft.com\"}");
        SsoProfile profile = profile(SsoProvider.AZURE_AD_OIDC, true, upn, null);
        assertThat(profile.email()).isEmpty();
        assertThat(profile.unverifiedEmail()).contains("ada@acme.onmicrosoft.com");
        assertThat(profile(SsoProvider.OIDC, true, upn, null).unverifiedEmail()).isEmpty();
        ObjectNode own = object("{\"preferred_username\":\"ada@acme.test\"}");
        assertThat(profile(SsoProvider.AZURE_AD_OIDC, false, own, null).email()).isEmpty();
        assertThat(profile(SsoProvider.AZURE_AD_OIDC, false, own.deepCopy().put("xms_edov", true), null)
                        .email())
                .as("that claim speaks of the email alone")
                .isEmpty();
        assertThat(profile(SsoProvider.AZURE_AD_OIDC, true, own, null).email())
                .as("the administrator's trust, in the connector's own domain")
                .contains("ada@acme.test");
        ObjectNode both = own.deepCopy().put("email", "ada@elsewhere.example");
        assertThat(profile(SsoProvider.AZURE_AD_OIDC, true, both, null).email())
                .as("where there is an email, the name is none")
                .isEmpty();
    }

    @Test
    void the_other_claims_are_kept_in_camel_case_without_those_of_the_token() {
        ObjectNode claims = object(
                "{\"given_name\":\"Ada\",\"groups\":[\"a\",\"b\"],\"nonce\":\"n\",\"at_hash\":\"h\",\"id\":\"forged\","
                        + "\"zero\":\"\\u0000\",\"https://x/y\":1}");
        ObjectNode detail = profile(SsoProvider.OIDC, false, claims, null).detail();
        assertThat(detail.path("givenName").asString("")).isEqualTo("Ada");
        assertThat(detail.path("groups")).hasSize(2);
        assertThat(detail.path("id").asString("")).isEqualTo("subject-1");
        assertThat(detail.has("nonce") || detail.has("atHash") || detail.has("zero") || detail.has("sub"))
                .isFalse();
        ObjectNode many = object("{}");
        for (int i = 0; i < 1000; i++) {
            many.put("claim_" + i, "x".repeat(1000));
        }
        assertThat(profile(SsoProvider.OIDC, false, many, null)
                        .detail()
                        .toString()
                        .length())
                .isLessThan(100_000);
    }

    /** Of several tenants: whose tokens are let in. */
    @ParameterizedTest
    @CsvSource({
        "common,TENANT,TENANT,",
        "common,CONSUMERS,CONSUMERS,",
        "organizations,TENANT,TENANT,",
        "organizations,CONSUMERS,CONSUMERS,TENANT_MISMATCH",
        "consumers,CONSUMERS,CONSUMERS,",
        "consumers,TENANT,TENANT,TENANT_MISMATCH",
        "common,TENANT,CONSUMERS,ID_TOKEN_ISSUER",
        "common,TENANT,,TENANT_MISMATCH",
        "common,TENANT,../TENANT,TENANT_MISMATCH",
        "common,{tenantid},{tenantid},TENANT_MISMATCH",
    })
    void tenant_and_issuer_of_entra_must_agree_RP5(
            String typed, String issuedBy, @Nullable String tid, @Nullable SsoFault fault) {
        try (TestProvider entra = TestProvider.start("/" + typed + "/v2.0")) {
            entra.callback = answer -> {
                answer.remove("iss");
                return answer;
            };
            entra.metadata = document -> {
                Map<String, Object> changed = with(document, "issuer", entra.origin() + "/{tenantid}/v2.0");
                changed.remove("authorization_response_iss_parameter_supported");
                return changed;
            };
            entra.idToken = claims -> {
                Map<String, Object> changed = with(claims, "iss", entra.origin() + "/" + tenant(issuedBy) + "/v2.0");
                if (tid != null) {
                    changed.put("tid", tenant(tid));
                }
                return changed;
            };
            SsoConnector connector = RelyingParty.connector(SsoProvider.AZURE_AD_OIDC, entra, entra.issuer());
            if (fault == null) {
                assertThat(us.signIn(connector, entra).issuer()).isEqualTo(entra.issuer());
            } else {
                assertThat(us.refusalOf(connector, entra)).isEqualTo(fault);
            }
        }
    }

    @Test
    void a_token_of_one_tenant_must_not_say_it_is_of_another_RP5() {
        try (TestProvider entra = TestProvider.start("/" + TENANT + "/v2.0")) {
            SsoConnector connector = RelyingParty.connector(SsoProvider.AZURE_AD_OIDC, entra, entra.issuer());
            entra.idToken = claims -> with(claims, "tid", CONSUMERS);
            assertThat(us.refusalOf(connector, entra)).isEqualTo(SsoFault.TENANT_MISMATCH);
            entra.idToken = claims -> with(claims, "tid", TENANT);
            assertThat(us.signIn(connector, entra).detail().path("tid").asString(""))
                    .isEqualTo(TENANT);
        }
    }

    @Test
    void entra_issues_tokens_for_other_apis_that_its_userinfo_does_not_take() {
        try (TestProvider entra = TestProvider.start("/" + TENANT + "/v2.0")) {
            SsoConnector connector = RelyingParty.connector(SsoProvider.AZURE_AD_OIDC, entra, entra.issuer());
            entra.replies.put("/userinfo", new TestProvider.Reply(401, "application/json", "{}"));
            assertThat(us.signIn(connector, entra).name()).contains("Ada Example");
            assertThat(us.refusalOf(RelyingParty.connector(entra), entra)).isEqualTo(SsoFault.USERINFO_FAILED);
        }
    }

    private static String tenant(String word) {
        return word.replace("TENANT", TENANT).replace("CONSUMERS", CONSUMERS);
    }

    private static SsoProfile profile(
            SsoProvider kind, boolean trust, ObjectNode idToken, @Nullable ObjectNode userinfo) {
        OidcConfig config = new OidcConfig(
                "client", new Secret("secret"), "https://idp.example", "", trust, false, Optional.empty());
        ObjectNode token = idToken.deepCopy().put("sub", "subject-1");
        Optional<ObjectNode> more = Optional.ofNullable(userinfo).map(ObjectNode::deepCopy);
        return ClaimsMapping.profile(RelyingParty.connector(kind, config), config, token, more, Optional.empty());
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) Json.read(json);
    }

    private static Map<String, Object> with(Map<String, Object> map, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(map);
        changed.put(name, value);
        return changed;
    }
}
