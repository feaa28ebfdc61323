package dev.ostiary.sso.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ostiary.errors.AppException;
import dev.ostiary.sso.OidcConfig;
import dev.ostiary.sso.SsoFault;
import dev.ostiary.sso.SsoProvider;
import dev.ostiary.testing.TestProvider;
import dev.ostiary.testing.TestProvider.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issuers as administrators type them, and documents as providers write them. */
class DiscoveryTest {
    private static final String TENANT = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    private static final String OTHER = "7d444840-9dc0-11d1-b245-5ffdce74fad2";
    private static final String CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad";

    private static RelyingParty us;
    private TestProvider provider;

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
        provider = TestProvider.start("/realm");
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ISSUER",
                "ISSUER/",
                "ISSUER///",
                "  ISSUER ",
                "ISSUER/.well-known/openid-configuration",
                "ISSUER//.well-known/openid-configuration/",
                "ISSUER/.well-known/openid-configuration?appid=abc",
            })
    void an_issuer_is_understood_in_each_of_these_forms_with_one_request(String typed) {
        ProviderMetadata found = fetch(typed.replace("ISSUER", provider.issuer()));
        assertThat(found.issuerToStore()).isEqualTo(provider.issuer());
        assertThat(found.tokenEndpoint()).hasToString(provider.issuer() + "/token");
        assertThat(provider.requests()).containsExactly("/.well-known/openid-configuration");
    }

    @Test
    void a_slash_at_the_end_stays_where_it_is_part_of_the_issuer() {
        provider.metadata = with("issuer", provider.issuer() + "/");
        assertThat(fetch(provider.issuer()).issuerToStore()).isEqualTo(provider.issuer() + "/");
        assertThat(fetch(provider.issuer()).issuer()).isEqualTo(provider.issuer() + "/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not a url|NOT_A_URL",
                "acme.example|NOT_A_URL",
                "ftp://acme.example|NOT_A_URL",
                "https://user@acme.example|NOT_A_URL",
                "http://93.184.216.34|NOT_HTTPS",
                "https://169.254.169.254|PRIVATE_ADDRESS",
                "https://[::1]|PRIVATE_ADDRESS",
                "https://[::ffff:10.0.0.1]:8443/realm|PRIVATE_ADDRESS",
                "https://10.0.0.1|PRIVATE_ADDRESS",
                "http://127.0.0.1:1|REFUSED",
            })
    void each_fault_of_an_address_is_told_apart_SS1(String typed, SsoFault fault) {
        assertThat(refused(typed)).isEqualTo(fault);
    }

    @Test
    void each_fault_of_an_answer_is_told_apart() {
        Map<Reply, SsoFault> answers = Map.of(
                new Reply(404, "text/html", "<h1>no</h1>"), SsoFault.NOT_FOUND,
                new Reply(500, "text/html", "<h1>no</h1>"), SsoFault.HTTP_STATUS,
                new Reply(401, "text/html", "<h1>no</h1>"), SsoFault.HTTP_STATUS,
                new Reply(200, "text/html", "<h1>Sign in</h1>"), SsoFault.NOT_JSON,
                new Reply(200, "application/json", "[]"), SsoFault.NOT_JSON,
                new Reply(200, "application/json", "{}"), SsoFault.MISSING_ENDPOINT,
                new Reply(200, "application/json", "{\"issuer\":7}"), SsoFault.MISSING_ENDPOINT,
                new Reply(200, "application/json", "x".repeat(1_000_001)), SsoFault.TOO_LARGE,
                new Reply(302, "", "http://169.254.169.254/"), SsoFault.REDIRECTED);
        answers.forEach((reply, fault) -> {
            provider.replies.put("/.well-known/openid-configuration", reply);
            assertThat(refused(provider.issuer())).as("%s", reply.status()).isEqualTo(fault);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri"})
    void an_address_that_sign_in_needs_is_missed(String name) {
        for (Object odd : List.of("", "relative/path", 7, "javascript:alert(1)", "https://x.example/#fragment")) {
            provider.metadata = with(name, odd);
            assertThat(refused(provider.issuer())).isEqualTo(SsoFault.MISSING_ENDPOINT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"token_endpoint", "jwks_uri", "userinfo_endpoint"})
    void metadata_do_not_lead_into_the_network_SS3(String name) {
        provider.metadata = with(name, "https://169.254.169.254/latest");
        assertThat(refused(provider.issuer())).isEqualTo(SsoFault.PRIVATE_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISSUER/other", "https://evil.example", "ISSUERx", "issuer", "{tenantid}"})
    void a_document_speaks_for_its_own_issuer_only_RP5(String stated) {
        provider.metadata = with("issuer", stated.replace("ISSUER", provider.issuer()));
        assertThat(refused(provider.issuer())).isEqualTo(SsoFault.ISSUER_MISMATCH);
    }

    @Test
    void the_refusal_is_as_the_wire_has_it() {
        provider.replies.put("/.well-known/openid-configuration", new Reply(404, "text/plain", "secret body"));
        AppException e = catchThrowableOfType(AppException.class, () -> fetch(provider.issuer()));
        assertThat(e.status()).isEqualTo(400);
        assertThat(e.code()).isEqualTo("connector.invalid_config");
        Map<?, ?> data = (Map<?, ?>) Objects.requireNonNull(e.data());
        assertThat(data.get("ssoErrorCode")).isEqualTo("invalid_config");
        assertThat(data.get("config")).isEqualTo(Map.of("issuer", provider.issuer()));
        assertThat(data.get("message")).isEqualTo("fail_to_fetch_config");
        assertThat(data.get("fault")).isEqualTo("not_found");
        assertThat(data.toString()).doesNotContain("secret body");
    }

    /** Typed below the origin, stated below it or as version 1; what is stored, or - for refused. */
    @ParameterizedTest
    @CsvSource({
        "/" + TENANT + "/v2.0,/" + TENANT + "/v2.0,/" + TENANT + "/v2.0",
        "/common/v2.0,/{tenantid}/v2.0,/common/v2.0",
        "/organizations/v2.0,/{tenantid}/v2.0,/organizations/v2.0",
        "/consumers/v2.0,/" + CONSUMERS + "/v2.0,/consumers/v2.0",
        "/acme.onmicrosoft.com/v2.0,/" + TENANT + "/v2.0,/acme.onmicrosoft.com/v2.0",
        "/" + TENANT + ",https://sts.windows.net/" + TENANT + "/,/" + TENANT,
        "/common,https://sts.windows.net/{tenantid}/,/common",
        "/" + TENANT + "/v2.0,/" + OTHER + "/v2.0,-",
        "/" + TENANT + "/v2.0,/{tenantid}/v2.0,-",
        "/common/v2.0,/" + TENANT + "/v2.0,-",
        "/common/v2.0,/{tenantid},-",
        "/" + TENANT + ",https://sts.windows.net/" + OTHER + "/,-",
        "/" + TENANT + "/v2.0,https://sts.windows.net/" + TENANT + "/,-",
        "/common/v2.0,https://evil.example/{tenantid}/v2.0,-",
    })
    void entra_states_its_issuer_in_ways_of_its_own(String path, String stated, String stored) {
        String origin = "https://login.microsoftonline.com";
        String issuer = stated.startsWith("/") ? origin + stated : stated;
        Optional<String> expected = stored.equals("-") ? Optional.empty() : Optional.of(origin + stored);
        assertThat(Issuers.toStore(SsoProvider.AZURE_AD_OIDC, origin + path, issuer))
                .isEqualTo(expected);
        boolean exact = issuer.equals(origin + path);
        assertThat(Issuers.toStore(SsoProvider.OIDC, origin + path, issuer).isPresent())
                .as("other providers are taken at their word")
                .isEqualTo(exact);
    }

    @Test
    void who_asks_at_the_same_time_shares_one_answer() throws Exception {
        OidcConfig config = RelyingParty.config(provider, provider.issuer(), "", false, Optional.empty());
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ProviderMetadata>> all = pool.invokeAll(java.util.Collections.nCopies(
                    50, (Callable<ProviderMetadata>) () -> us.discovery.find(SsoProvider.OIDC, config)));
            for (Future<ProviderMetadata> one : all) {
                assertThat(one.get().issuer()).isEqualTo(provider.issuer());
            }
        }
        assertThat(provider.requests()).hasSize(1);
    }

    private static ProviderMetadata fetch(String typed) {
        return us.discovery.fetch(SsoProvider.OIDC, typed);
    }

    private static SsoFault refused(String typed) {
        AppException e = catchThrowableOfType(AppException.class, () -> fetch(typed));
        assertThat(e).as(typed).isNotNull();
        Map<?, ?> data = (Map<?, ?>) Objects.requireNonNull(e.data());
        return SsoFault.valueOf(String.valueOf(data.get("fault")).toUpperCase(Locale.ROOT));
    }

    private static java.util.function.UnaryOperator<Map<String, Object>> with(String name, Object value) {
        return map -> {
            Map<String, Object> changed = new LinkedHashMap<>(map);
            changed.put(name, value);
            return changed;
        };
    }
}
