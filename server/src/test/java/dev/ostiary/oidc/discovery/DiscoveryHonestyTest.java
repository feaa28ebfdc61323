package dev.ostiary.oidc.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.crypto.SigningKey;
import dev.ostiary.crypto.SigningKey.Type;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * The discovery document says what is so: for each member, and for each value of each list, there is a test that uses it.
 *
 * <p>Whoever advertises something adds a line to {@link #TABLE}: the member, for a list a colon and the values (commas
 * between), a bar, and the test that fails if it is not so: class below {@code dev.ostiary}, {@code #}, method. Lines of
 * things that are not advertised any more go.
 */
class DiscoveryHonestyTest {
    private static final String TABLE =
            """
            issuer                                         | oidc.discovery.DiscoveryTest#endpoints_are_where_the_request_arrived_and_the_issuer_is_as_configured
            authorization_endpoint                         | oidc.authorize.AuthorizeTest#a_sign_in_ends_at_the_client_with_code_state_and_iss
            pushed_authorization_request_endpoint          | oidc.authorize.PushedRequestsTest#AZ5_a_reference_is_good_once_and_what_comes_beside_it_does_not_count
            token_endpoint                                 | oidc.grants.AuthorizationCodeGrantTest#a_code_is_worth_tokens
            userinfo_endpoint                              | oidc.userinfo.UserinfoTest#it_tells_what_the_scopes_allow
            introspection_endpoint                         | oidc.introspection.IntrospectionTest#a_client_learns_of_its_own_tokens
            revocation_endpoint                            | oidc.introspection.RevocationTest#a_refresh_token_takes_everything_of_its_grant_along
            end_session_endpoint                           | oidc.logout.LogoutTest#signing_out_ends_the_session_and_leads_back_to_the_application
            jwks_uri                                       | oidc.discovery.DiscoveryTest#keys_have_string_members_only_and_name_their_use

            response_types_supported: code                 | oidc.authorize.AuthorizeTest#a_sign_in_ends_at_the_client_with_code_state_and_iss
            response_types_supported: code id_token        | oidc.authorize.ResponseTypesTest#a_hybrid_answer_binds_code_and_state_to_the_id_token
            response_types_supported: id_token             | oidc.authorize.ResponseTypesTest#an_id_token_alone_comes_with_the_claims_of_the_scopes_and_needs_no_challenge
            response_types_supported: none                 | oidc.authorize.ResponseTypesTest#none_answers_with_state_and_issuer_alone
            response_modes_supported: query                | oidc.authorize.AuthorizeTest#a_sign_in_ends_at_the_client_with_code_state_and_iss
            response_modes_supported: fragment, form_post  | oidc.authorize.AuthorizeTest#the_answer_comes_in_the_fragment_or_as_a_form_if_asked
            authorization_response_iss_parameter_supported | oidc.authorize.AuthorizeTest#AZ9_no_answer_of_the_flow_leaks_where_it_came_from_and_every_one_names_the_issuer
            code_challenge_methods_supported: S256         | oidc.authorize.AuthorizeTest#AZ2_a_public_client_needs_a_challenge_and_only_S256_counts
            request_parameter_supported                    | oidc.authorize.AuthorizeTest#every_mistake_is_told_to_the_client_with_state_and_iss
            request_uri_parameter_supported                | oidc.authorize.AuthorizeTest#every_mistake_is_told_to_the_client_with_state_and_iss
            claims_parameter_supported                     | oidc.authorize.ClaimsParameterTest#each_claim_is_told_where_it_was_asked_for_and_nothing_else_of_its_scope
            acr_values_supported: urn:ostiary:acr:1fa      | oidc.authorize.ClaimsParameterTest#the_class_of_authentication_is_told_when_asked_for_and_a_wish_that_cannot_be_met_is_no_error
            display_values_supported: page, popup, touch   | oidc.authorize.AuthorizeTest#the_words_for_display_are_taken_and_lead_to_the_same_page
            ui_locales_supported: en, ja, zh-CN            | oidc.authorize.UiLocalesTest#the_page_speaks_the_language_that_the_application_asks_for

            grant_types_supported: implicit                | oidc.authorize.ResponseTypesTest#an_id_token_alone_comes_with_the_claims_of_the_scopes_and_needs_no_challenge
            grant_types_supported: authorization_code      | oidc.grants.AuthorizationCodeGrantTest#a_code_is_worth_tokens
            grant_types_supported: refresh_token           | oidc.grants.RefreshTokenGrantTest#a_confidential_client_keeps_its_token_and_gets_the_rest_anew
            grant_types_supported: client_credentials      | oidc.grants.ClientCredentialsGrantTest#an_application_gets_what_its_roles_give_of_what_it_asks_for
            device_authorization_endpoint                  | oidc.device.DeviceFlowTest#a_device_is_told_exactly_what_the_wire_has
            grant_types_supported: urn:ietf:params:oauth:grant-type:device_code | oidc.device.DeviceFlowTest#a_device_gets_tokens_when_its_user_has_signed_in_elsewhere
            grant_types_supported: urn:ietf:params:oauth:grant-type:token-exchange | oidc.grants.TokenExchangeGrantTest#an_impersonation_token_is_worth_one_access_token

            token_endpoint_auth_methods_supported: client_secret_basic, client_secret_post | oidc.clientauth.ClientAuthenticationTest#basic_and_post_are_the_same_to_a_confidential_client
            token_endpoint_auth_methods_supported: none    | oidc.clientauth.ClientAuthenticationTest#a_public_client_names_itself
            token_endpoint_auth_methods_supported: client_secret_jwt | oidc.clientauth.ClientAssertionTest#a_secret_signs_as_long_as_it_lives
            token_endpoint_auth_methods_supported: private_key_jwt | oidc.clientauth.ClientAssertionTest#every_advertised_algorithm_lets_a_client_in
            token_endpoint_auth_signing_alg_values_supported: HS256 | oidc.clientauth.ClientAssertionTest#a_secret_signs_as_long_as_it_lives
            token_endpoint_auth_signing_alg_values_supported: RS256, PS256, ES256, ES384, ES512, Ed25519, EdDSA | oidc.clientauth.ClientAssertionTest#every_advertised_algorithm_lets_a_client_in
            dpop_signing_alg_values_supported: RS256, PS256, ES256, ES384, ES512, Ed25519, EdDSA | oidc.dpop.DpopTest#a_proof_may_be_signed_with_any_advertised_algorithm

            scopes_supported: openid                       | oidc.grants.AuthorizationCodeGrantTest#without_openid_there_is_no_id_token_and_without_offline_access_no_refresh_token
            scopes_supported: offline_access               | oidc.grants.AuthorizationCodeGrantTest#without_openid_there_is_no_id_token_and_without_offline_access_no_refresh_token
            scopes_supported: profile, email, phone, address, custom_data, identities, roles | oidc.ClaimScopesTest#each_scope_tells_its_claims_and_no_others
            scopes_supported: urn:logto:scope:organizations, urn:logto:scope:organization_roles | oidc.tokens.ClaimsTest#userinfo_tells_of_organizations_and_of_roles_in_them
            scopes_supported: urn:logto:scope:sessions, urn:logto:scope:trusted_devices | oidc.tokens.ClaimsTest#each_claim_needs_its_scope
            subject_types_supported: public                | oidc.authorize.ResponseTypesTest#both_id_tokens_of_a_hybrid_sign_in_tell_of_the_same_user_and_sign_in
            id_token_signing_alg_values_supported: ES384   | oidc.grants.AuthorizationCodeGrantTest#the_id_token_is_what_the_sdks_take
            id_token_signing_alg_values_supported: RS256, PS256 | oidc.tokens.RsaSignaturesTest#who_wants_PS256_has_it_and_everybody_else_RS256_of_the_same_key
            id_token_signing_alg_values_supported: ES256, ES512, EdDSA | keys.KeyRotationTest#each_kind_of_key_signs_and_is_published_and_announced

            backchannel_logout_supported                   | oidc.logout.BackchannelLogoutTest#every_application_of_the_session_that_wants_it_is_told_with_a_token_of_the_standard
            backchannel_logout_session_supported           | oidc.logout.BackchannelLogoutTest#every_application_of_the_session_that_wants_it_is_told_with_a_token_of_the_standard
            frontchannel_logout_supported                  | oidc.logout.FrontchannelLogoutTest#the_browser_loads_what_the_applications_of_the_session_registered_and_goes_on
            frontchannel_logout_session_supported          | oidc.logout.FrontchannelLogoutTest#an_id_token_names_the_session_to_a_client_that_hears_of_its_end_by_the_browser

            registration_endpoint                          | oidc.registration.RegistrationTest#a_client_of_a_server_gets_a_secret_that_works
            client_id_metadata_document_supported          | oidc.cimd.CimdTest#it_is_off_until_it_is_switched_on

            claim_types_supported: normal                  | oidc.userinfo.UserinfoTest#it_tells_what_the_scopes_allow
            claims_supported: sub                          | oidc.userinfo.UserinfoTest#the_subject_alone_without_further_scopes
            claims_supported: name, family_name, given_name, middle_name, nickname, preferred_username, profile | oidc.ClaimScopesTest#each_scope_tells_its_claims_and_no_others
            claims_supported: picture, website, gender, birthdate, zoneinfo, locale, updated_at | oidc.ClaimScopesTest#each_scope_tells_its_claims_and_no_others
            claims_supported: username, created_at, email, email_verified, phone_number, phone_number_verified | oidc.ClaimScopesTest#each_scope_tells_its_claims_and_no_others
            claims_supported: address, custom_data, identities, sso_identities, roles | oidc.ClaimScopesTest#each_scope_tells_its_claims_and_no_others
            claims_supported: organizations, organization_data, organization_roles | oidc.ClaimScopesTest#each_scope_tells_its_claims_and_no_others
            claims_supported: auth_time                    | oidc.authorize.ClaimsParameterTest#auth_time_is_told_when_asked_for
            claims_supported: iss                          | oidc.authorize.ResponseTypesTest#a_hybrid_answer_binds_code_and_state_to_the_id_token
            claims_supported: acr                          | oidc.authorize.ClaimsParameterTest#the_class_of_authentication_is_told_when_asked_for_and_a_wish_that_cannot_be_met_is_no_error
            claims_supported: sid                          | oidc.authorize.ClaimsParameterTest#the_name_of_the_session_is_told_to_who_is_told_of_logouts
            """;

    /** Of every kind of key that a tenant may have. */
    private static final List<String> ALGORITHMS = Stream.of(
                    Type.EC_P384, Type.EC_P256, Type.EC_P521, Type.RSA_2048, Type.ED25519)
            .flatMap(kind -> SigningKey.generate(kind).algorithms().stream())
            .toList();

    private static final List<Class<? extends Annotation>> TESTS =
            List.of(Test.class, ParameterizedTest.class, Property.class);

    @Test
    void each_capability_has_a_test_that_uses_it() {
        Set<String> missing = advertised();
        missing.removeAll(table().keySet());
        assertThat(missing).as("advertised without a test").isEmpty();
    }

    @Test
    void nothing_is_told_of_what_is_not_advertised() {
        Set<String> stale = new TreeSet<>(table().keySet());
        stale.removeAll(advertised());
        assertThat(stale).as("in the table, but not advertised").isEmpty();
    }

    @Test
    void the_tests_are_there() throws ClassNotFoundException {
        for (Map.Entry<String, String> line : table().entrySet()) {
            String[] test = line.getValue().split("#", -1);
            List<Method> named = Arrays.stream(
                            Class.forName("dev.ostiary." + test[0]).getDeclaredMethods())
                    .filter(method -> method.getName().equals(test[1]))
                    .toList();
            assertThat(named).as(line.toString()).hasSize(1);
            assertThat(TESTS).as(line.toString()).anyMatch(named.getFirst()::isAnnotationPresent);
        }
    }

    private static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        TABLE.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] sides = line.split("\\|", -1);
            String[] capability = sides[0].strip().split(": ", 2);
            for (String value : capability.length == 1 ? new String[] {""} : capability[1].split(", ", -1)) {
                String key = value.isEmpty() ? capability[0] : capability[0] + ": " + value;
                assertThat(table.put(key, sides[1].strip())).as(key).isNull();
            }
        });
        return table;
    }

    private static Set<String> advertised() {
        Set<String> advertised = new LinkedHashSet<>();
        DiscoveryDocument.of(
                        "https://issuer.example/oidc",
                        "https://issuer.example",
                        ALGORITHMS,
                        new DiscoveryDocument.Switches(true, true))
                .forEach((member, value) -> {
                    if (value instanceof List<?> list) {
                        list.forEach(each -> advertised.add(member + ": " + each));
                    } else {
                        advertised.add(member);
                    }
                });
        return advertised;
    }
}
