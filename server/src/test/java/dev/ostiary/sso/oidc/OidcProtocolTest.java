package dev.ostiary.sso.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.crypto.JwtRules;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.sso.ClientAuthenticationMethod;
import dev.ostiary.sso.Departure;
import dev.ostiary.sso.OidcConfig;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoFault;
import dev.ostiary.sso.SsoProfile;
import dev.ostiary.sso.SsoProvider;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.TestProvider;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way to a provider and back, honest and not. */
class OidcProtocolTest {
    private static RelyingParty us;
    private TestProvider provider;
    private SsoConnector connector;

    @BeforeAll
    static void open() {
        us = new RelyingParty();
    }

    @AfterAll
    static void shut() {
        us.close();
    }

    @BeforeEach
    void start() {
        provider = TestProvider.start();
        connector = RelyingParty.connector(provider);
        us.clock.reset();
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void a_visitor_comes_back_with_name_and_verified_email() {
        SsoProfile profile = us.signIn(connector, provider);
        assertThat(profile.issuer()).isEqualTo(provider.issuer());
        assertThat(profile.identityId()).isEqualTo("provider-user-1");
        assertThat(profile.email()).contains("ada@acme.test");
        assertThat(profile.unverifiedEmail()).isEmpty();
        assertThat(profile.name()).contains("Ada Example");
        assertThat(profile.avatar()).contains("https://img.example/ada.png");
        assertThat(profile.detail().path("id").stringValue()).isEqualTo("provider-user-1");
        assertThat(profile.tokens()).isPresent();
        assertThat(profile.tokens().get().scope()).isEqualTo("openid profile email");
    }

    @Test
    void the_request_has_state_nonce_and_pkce_and_nothing_that_was_not_listed_RP7() {
        Departure departure = us.depart(connector);
        Map<String, String> query = query(departure.authorizationUri());
        assertThat(query.keySet())
                .containsExactlyInAnyOrder(
                        "client_id",
                        "response_type",
                        "redirect_uri",
                        "scope",
                        "state",
                        "nonce",
                        "code_challenge",
                        "code_challenge_method",
                        "login_hint");
        assertThat(query)
                .containsEntry("scope", "openid profile email")
                .containsEntry("redirect_uri", RelyingParty.CALLBACK)
                .containsEntry("state", "state-1")
                .containsEntry("login_hint", "ada@acme.test")
                .containsEntry("code_challenge_method", "S256");
        String verifier = departure.kept().path("codeVerifier").stringValue();
        // 256 bits each (RP3)
        assertThat(verifier).hasSize(43);
        assertThat(query.get("nonce"))
                .hasSize(43)
                .isEqualTo(departure.kept().path("nonce").stringValue());
        assertThat(query.get("code_challenge")).isEqualTo(Hashes.sha256Base64Url(verifier));
        assertThat(us.depart(connector).kept().path("nonce"))
                .isNotEqualTo(departure.kept().path("nonce"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|openid profile email",
                "groups|openid profile email groups",
                "email groups  openid+offline_access groups|openid profile email groups offline_access",
            })
    void extra_scopes_follow_the_three_and_none_stands_twice(String extra, String asked) {
        SsoConnector more = RelyingParty.connector(
                SsoProvider.OIDC, RelyingParty.config(provider, provider.issuer(), extra, false, Optional.empty()));
        assertThat(query(us.depart(more).authorizationUri())).containsEntry("scope", asked);
    }

    @Test
    void google_is_asked_to_let_the_visitor_choose_the_account() {
        OidcConfig config = RelyingParty.config(provider, provider.issuer(), "", false, Optional.empty());
        OidcConfig offline = new OidcConfig(
                config.clientId(), config.clientSecret(), config.issuer(), "", false, true, Optional.empty());
        assertThat(query(us.depart(RelyingParty.connector(SsoProvider.GOOGLE_WORKSPACE, config))
                        .authorizationUri()))
                .containsEntry("prompt", "select_account")
                .containsEntry("include_granted_scopes", "true")
                .doesNotContainKey("access_type");
        assertThat(query(us.depart(RelyingParty.connector(SsoProvider.GOOGLE_WORKSPACE, offline))
                        .authorizationUri()))
                .containsEntry("prompt", "consent select_account")
                .containsEntry("access_type", "offline");
    }

    @Test
    void an_endpoint_with_a_query_of_its_own_keeps_it_but_cannot_set_our_parameters() {
        provider.metadata =
                with("authorization_endpoint", provider.issuer() + "/authorize?p=policy&client_id=other&state=x");
        Map<String, String> query = query(us.depart(connector).authorizationUri());
        assertThat(query).containsEntry("p", "policy").containsEntry("state", "state-1");
        assertThat(query).containsEntry("client_id", provider.clientId);
    }

    @ParameterizedTest
    @CsvSource({
        "client_secret_basic,,client_secret_basic",
        "client_secret_post,,client_secret_post",
        "private_key_jwt,,private_key_jwt",
        "client_secret_basic client_secret_post,CLIENT_SECRET_BASIC,client_secret_basic",
        // with signs in the secret that some providers decode and others do not
        "client_secret_basic client_secret_post,,client_secret_post",
        "client_secret_post private_key_jwt,PRIVATE_KEY_JWT,private_key_jwt",
    })
    void the_client_proves_itself_as_the_provider_knows_it(
            String known, @Nullable ClientAuthenticationMethod chosen, String used) {
        provider.metadata = with("token_endpoint_auth_methods_supported", List.of(known.split(" ")));
        SsoConnector client = RelyingParty.connector(
                SsoProvider.OIDC,
                RelyingParty.config(provider, provider.issuer(), "", false, Optional.ofNullable(chosen)));
        us.signIn(client, provider);
        Map<String, String> request = provider.tokenRequests().getFirst();
        assertThat(request.containsKey("Authorization")).isEqualTo(used.equals("client_secret_basic"));
        assertThat(request.containsKey("client_secret")).isEqualTo(used.equals("client_secret_post"));
        assertThat(request.containsKey("client_assertion")).isEqualTo(used.equals("private_key_jwt"));
    }

    @Test
    void an_assertion_is_signed_with_the_tenants_key_and_for_this_endpoint_alone() throws Exception {
        provider.metadata = with("token_endpoint_auth_methods_supported", List.of("private_key_jwt"));
        us.signIn(connector, provider);
        String assertion = provider.tokenRequests().getFirst().getOrDefault("client_assertion", "");
        assertThat(new JwtVerifier(us.clock)
                        .verify(
                                assertion,
                                JwtRules.of(provider.clientId, us.keys.keySet(Tenants.DEFAULT), "jwt")
                                        .withAudience(provider.issuer() + "/token")
                                        .withRequired("exp", "iat", "jti", "sub"))
                        .subject())
                .contains(provider.clientId);
    }

    @ParameterizedTest
    @CsvSource({"3600,true", "'3599',true", "0,true", "soon,false", "-5,false", ",false"})
    void expires_in_may_be_a_text(@Nullable String seconds, boolean known) {
        provider.tokenAnswer = with("expires_in", seconds);
        assertThat(us.signIn(connector, provider)
                        .tokens()
                        .orElseThrow()
                        .expiresAt()
                        .isPresent())
                .isEqualTo(known);
    }

    @Test
    void tokens_are_handed_over_only_where_they_are_to_be_kept() {
        SsoConnector without = new SsoConnector(
                connector.id(),
                connector.provider(),
                "x",
                connector.config(),
                connector.domains(),
                connector.branding(),
                false,
                false,
                connector.createdAt());
        assertThat(us.signIn(without, provider).tokens()).isEmpty();
    }

    @Test
    void the_issuer_of_the_answer_is_compared_and_required_where_it_was_promised_RP5() {
        provider.callback = answer("iss", "https://other.example");
        assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.ANSWER_ISSUER_MISMATCH);
        provider.callback = answer("iss", null);
        assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.ANSWER_ISSUER_MISSING);
        assertThat(provider.tokenRequests()).as("no code was sent anywhere").isEmpty();
    }

    @Test
    void an_answer_without_issuer_is_fine_where_none_was_promised() {
        provider.metadata = with("authorization_response_iss_parameter_supported", null);
        provider.callback = answer("iss", null);
        assertThat(us.signIn(connector, provider).identityId()).isEqualTo("provider-user-1");
    }

    @Test
    void a_code_of_one_provider_is_worth_nothing_at_the_callback_of_another_RP5() {
        try (TestProvider attacker = TestProvider.start()) {
            SsoConnector theirs = RelyingParty.connector(attacker);
            Departure ours = us.depart(connector);
            Departure other = us.depart(theirs);
            Map<String, String> stolen = provider.visit(ours.authorizationUri());
            assertThat(RelyingParty.refusal(() -> us.protocol.arrive(theirs, Tenants.DEFAULT, other.kept(), stolen)))
                    .isEqualTo(SsoFault.ANSWER_ISSUER_MISMATCH);
            assertThat(RelyingParty.refusal(() -> us.protocol.arrive(theirs, Tenants.DEFAULT, ours.kept(), stolen)))
                    .isEqualTo(SsoFault.CONNECTOR_CHANGED);
            assertThat(attacker.tokenRequests()).as("the code never went there").isEmpty();
        }
    }

    @Test
    void a_code_injected_into_another_sign_in_fails_on_the_verifier() {
        Departure victim = us.depart(connector);
        Departure attacker = us.depart(connector);
        Map<String, String> stolen = provider.visit(victim.authorizationUri());
        assertThat(RelyingParty.refusal(() -> us.protocol.arrive(connector, Tenants.DEFAULT, attacker.kept(), stolen)))
                .isEqualTo(SsoFault.CODE_REJECTED);
    }

    @Test
    void a_code_is_good_once() {
        Departure departure = us.depart(connector);
        Map<String, String> answer = provider.visit(departure.authorizationUri());
        us.protocol.arrive(connector, Tenants.DEFAULT, departure.kept(), answer);
        assertThat(RelyingParty.refusal(() -> us.protocol.arrive(connector, Tenants.DEFAULT, departure.kept(), answer)))
                .isEqualTo(SsoFault.CODE_REJECTED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "access_denied||CANCELLED",
                "server_error|Boom|PROVIDER_ERROR",
                "<script>|x|PROVIDER_ERROR",
                "invalid_client|AADSTS7000215: Invalid client secret provided.|WRONG_SECRET_VALUE",
                "invalid_client|AADSTS7000222: The provided client secret keys are expired.|SECRET_EXPIRED",
                "invalid_request|AADSTS50011: The redirect URI does not match.|REDIRECT_URI_MISMATCH",
                "consent_required|AADSTS65001: The user or administrator has not consented|CONSENT_MISSING",
                "access_denied|AADSTS90094: The grant requires admin permission|CONSENT_MISSING",
                "access_denied|AADSTS65004: User declined to consent|CANCELLED",
                "invalid_request|AADSTS90002: Tenant not found|UNKNOWN_TENANT",
                "unauthorized_client|AADSTS700016: Application not found|APPLICATION_NOT_FOUND",
                "access_denied|AADSTS50105: The signed in user is not assigned|USER_NOT_ASSIGNED",
                "access_denied|AADSTS53003: Blocked by conditional access|CONDITIONAL_ACCESS",
                "invalid_client|AADSTS7000218: The request body must contain client_assertion|PLATFORM_NOT_WEB",
                "invalid_request|AADSTS9002327: Tokens issued for the single-page application|PLATFORM_NOT_WEB",
                "invalid_request|AADSTS50020: User account from identity provider|USER_OF_OTHER_DIRECTORY",
            })
    void an_error_of_the_provider_is_told_in_our_words(String error, @Nullable String description, SsoFault fault) {
        provider.callback = answer -> {
            answer.remove("code");
            answer.put("error", error);
            answer.put("error_description", description == null ? "" : description);
            return answer;
        };
        assertThat(us.refusalOf(connector, provider)).isEqualTo(fault);
        for (String language : List.of("en", "ja", "zh-CN")) {
            assertThat(fault.text(language)).isNotBlank().doesNotStartWith("connector.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|{\"error\":\"invalid_client\"}|CLIENT_REJECTED",
                "401|{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid\"}|WRONG_SECRET_VALUE",
                "400|{\"error\":\"invalid_grant\"}|CODE_REJECTED",
                "400|[]|TOKEN_REFUSED",
                "500|<html>secret stack</html>|TOKEN_REFUSED",
                "200|<html>|TOKEN_ANSWER_INVALID",
                "200|{}|TOKEN_ANSWER_INVALID",
                "200|{\"access_token\":\"a\"}|ID_TOKEN_MISSING",
                "200|{\"access_token\":\"a\",\"id_token\":7}|ID_TOKEN_MISSING",
                "200|{\"access_token\":\"a\",\"id_token\":\"a.b.c\"}|ID_TOKEN_INVALID",
                "302|http://127.0.0.1:1/|REDIRECTED",
            })
    void what_the_token_endpoint_refuses_is_told_without_its_words_SS3(int status, String body, SsoFault fault) {
        provider.replies.put("/token", new TestProvider.Reply(status, "application/json", body));
        assertThat(us.refusalOf(connector, provider)).isEqualTo(fault);
    }

    @Test
    void user_info_must_be_of_the_same_subject_RP2() {
        for (Object sub : List.of("somebody-else", "", 7, List.of("provider-user-1"), "PROVIDER-user-1")) {
            provider.userinfo = sub.equals("") ? with("sub", null) : with("sub", sub);
            assertThat(us.refusalOf(connector, provider)).as("%s", sub).isEqualTo(SsoFault.USERINFO_SUBJECT_MISMATCH);
        }
    }

    @Test
    void a_provider_without_user_info_has_said_everything_in_the_id_token() {
        provider.metadata = with("userinfo_endpoint", null);
        assertThat(us.signIn(connector, provider).email()).contains("ada@acme.test");
    }

    @Test
    void user_info_that_fails_ends_the_sign_in() {
        provider.replies.put("/userinfo", new TestProvider.Reply(500, "text/plain", "x"));
        assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.USERINFO_FAILED);
        provider.replies.put("/userinfo", new TestProvider.Reply(200, "application/jwt", "a.b.c"));
        assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.USERINFO_FAILED);
    }

    @Test
    void metadata_and_keys_are_fetched_once_an_hour() {
        for (int i = 0; i < 3; i++) {
            us.signIn(connector, provider);
        }
        assertThat(provider.count("/.well-known/openid-configuration")).isEqualTo(1);
        assertThat(provider.count("/jwks")).isEqualTo(1);
        us.clock.forward(Duration.ofMinutes(61));
        provider.clock = us.clock;
        us.signIn(connector, provider);
        assertThat(provider.count("/.well-known/openid-configuration")).isEqualTo(2);
        assertThat(provider.count("/jwks")).isEqualTo(2);
    }

    @Test
    void a_change_of_keys_at_the_provider_breaks_no_sign_in() {
        us.signIn(connector, provider);
        provider.rotateKey();
        assertThat(us.signIn(connector, provider).identityId()).isEqualTo("provider-user-1");
        assertThat(provider.count("/jwks")).isEqualTo(2);
    }

    @Test
    void nor_does_one_when_the_tokens_name_no_key() {
        provider.mint = claims -> TestProvider.sign(claims, new JWSHeader(JWSAlgorithm.RS256), provider.key());
        us.signIn(connector, provider);
        provider.rotateKey();
        assertThat(us.signIn(connector, provider).identityId()).isEqualTo("provider-user-1");
    }

    @Test
    void documents_of_fifty_megabytes_or_none_at_all_are_cut_RP7() {
        String large = "{\"keys\":[" + " ".repeat(5_000_000) + "]}";
        provider.replies.put("/jwks", new TestProvider.Reply(200, "application/json", large));
        assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.TOO_LARGE);
    }

    @Test
    void unknown_keys_make_us_ask_at_most_once_a_minute_RP7() {
        us.signIn(connector, provider);
        provider.mint = claims -> TestProvider.sign(
                claims,
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("unknown").build(),
                provider.key());
        for (int i = 0; i < 5; i++) {
            assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.ID_TOKEN_KEY_UNKNOWN);
        }
        assertThat(provider.count("/jwks")).isEqualTo(2);
        us.clock.forward(Duration.ofSeconds(61));
        assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.ID_TOKEN_KEY_UNKNOWN);
        assertThat(provider.count("/jwks")).isEqualTo(3);
    }

    @Test
    void while_a_provider_cannot_be_asked_its_last_word_counts_for_a_day() {
        us.signIn(connector, provider);
        provider.replies.put("/jwks", new TestProvider.Reply(503, "text/plain", ""));
        provider.replies.put("/.well-known/openid-configuration", new TestProvider.Reply(503, "text/plain", ""));
        provider.clock = us.clock;
        us.clock.forward(Duration.ofHours(2));
        assertThat(us.signIn(connector, provider).identityId()).isEqualTo("provider-user-1");
        us.clock.forward(Duration.ofHours(23));
        assertThat(us.refusalOf(connector, provider)).isEqualTo(SsoFault.HTTP_STATUS);
    }

    @Test
    void nothing_of_what_is_kept_stands_in_the_address() {
        Departure departure = us.depart(connector);
        assertThat(departure.authorizationUri().toString())
                .doesNotContain(departure.kept().path("codeVerifier").stringValue())
                .doesNotContain("s3cret");
        assertThat(Set.copyOf(departure.kept().propertyNames()))
                .isEqualTo(Set.of("connectorId", "issuer", "clientId", "redirectUri", "nonce", "codeVerifier"));
    }

    private static UnaryOperator<Map<String, Object>> with(String name, @Nullable Object value) {
        return map -> {
            Map<String, Object> changed = new LinkedHashMap<>(map);
            if (value == null) {
                changed.remove(name);
            } else {
                changed.put(name, value);
            }
            return changed;
        };
    }

    private static UnaryOperator<Map<String, String>> answer(String name, @Nullable String value) {
        return map -> {
            Map<String, String> changed = new LinkedHashMap<>(map);
            if (value == null) {
                changed.remove(name);
            } else {
                changed.put(name, value);
            }
            return changed;
        };
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : uri.getRawQuery().split("&")) {
            String[] pair = field.split("=", 2);
            assertThat(fields).doesNotContainKey(pair[0]);
            fields.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return fields;
    }
}
