import type { Guide } from '../guide';
import { code, file, run, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:8080/login/oauth2/code/ostiary',
  postSignOutUri: 'http://localhost:8080/',
  steps: [
    code('install', 'springInstall', file('pom.xml', 'xml', `
<dependency>
  <groupId>org.springframework.boot</groupId>
  <artifactId>spring-boot-starter-webmvc</artifactId>
</dependency>
<dependency>
  <groupId>org.springframework.boot</groupId>
  <artifactId>spring-boot-starter-security-oauth2-client</artifactId>
</dependency>
`)),
    uris,
    code('configure', undefined, file('src/main/resources/application.yml', 'yaml', `
server:
  port: @@port@@
spring:
  security:
    oauth2:
      client:
        registration:
          ostiary:
            client-id: "@@appId@@"
            client-secret: "@@appSecret@@"
            redirect-uri: "@@redirectUri@@"
            scope: [openid, profile, offline_access]
        provider:
          ostiary:
            issuer-uri: "@@endpoint@@/oidc"
            user-name-attribute: sub
`)),
    code('routes', 'spring',
      file('src/main/java/com/example/demo/Security.java', 'java', `
package com.example.demo;

import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.web.SecurityFilterChain;

@Configuration
class Security {

    @Bean
    SecurityFilterChain chain(HttpSecurity http, ClientRegistrationRepository clients) throws Exception {
        var signOut = new OidcClientInitiatedLogoutSuccessHandler(clients);
        signOut.setPostLogoutRedirectUri("@@postSignOutUri@@");
        return http.authorizeHttpRequests(all ->
                        all.requestMatchers("/").permitAll().anyRequest().authenticated())
                .oauth2Login(withDefaults())
                .logout(logout -> logout.logoutSuccessHandler(signOut))
                .build();
    }

    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens() {
        var factory = new OidcIdTokenDecoderFactory();
        factory.setJwsAlgorithmResolver(client -> SignatureAlgorithm.ES384);
        return factory;
    }
}
`),
      file('src/main/java/com/example/demo/Home.java', 'java', `
package com.example.demo;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Home {

    @GetMapping("/")
    String home(@AuthenticationPrincipal OidcUser user) {
        return user == null
                ? "Not signed in. <a href='/me'>Sign in</a>"
                : "Signed in. <a href='/me'>Who am I?</a> <a href='/logout'>Sign out</a>";
    }

    @GetMapping(path = "/me", produces = "text/plain")
    String me(@AuthenticationPrincipal OidcUser user) {
        return user.getSubject() + " " + user.getClaims();
    }
}
`)),
    run('./mvnw spring-boot:run'),
  ],
};
