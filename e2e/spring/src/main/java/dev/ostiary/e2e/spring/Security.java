package dev.ostiary.e2e.spring;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.web.SecurityFilterChain;

@Configuration
class Security {
    @Bean
    SecurityFilterChain chain(HttpSecurity http, ClientRegistrationRepository clients, @Value("${HOME_URL}") String home)
            throws Exception {
        var signOut = new OidcClientInitiatedLogoutSuccessHandler(clients);
        signOut.setPostLogoutRedirectUri(home);
        return http.authorizeHttpRequests(all ->
                        all.requestMatchers("/").permitAll().anyRequest().authenticated())
                .oauth2Login(login -> login.defaultSuccessUrl("/")
                        .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(requests(clients))))
                .logout(logout -> logout.logoutSuccessHandler(signOut))
                .build();
    }

    /** Without prompt=consent there is no refresh token (OpenID Connect Core section 11). */
    private static OAuth2AuthorizationRequestResolver requests(ClientRegistrationRepository clients) {
        var resolver = new DefaultOAuth2AuthorizationRequestResolver(clients, "/oauth2/authorization");
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce()
                .andThen(request -> request.additionalParameters(more -> {
                    more.put("prompt", "consent");
                    more.put("resource", System.getenv("RESOURCE"));
                })));
        return resolver;
    }

    /** Spring expects RS256 unless it is told (OpenID Connect Core section 3.1.3.7, point 7). */
    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens() {
        var factory = new OidcIdTokenDecoderFactory();
        factory.setJwsAlgorithmResolver(client -> SignatureAlgorithm.ES384);
        return factory;
    }
}
