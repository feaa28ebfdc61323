package dev.ostiary.e2e.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Routes {
    private final OAuth2AuthorizedClientRepository authorized;

    Routes(OAuth2AuthorizedClientRepository authorized) {
        this.authorized = authorized;
    }

    @GetMapping("/")
    String index(@AuthenticationPrincipal OidcUser user) {
        return user == null ? "Not authenticated" : "<p id=\"sub\">" + user.getSubject() + "</p>";
    }

    @GetMapping("/userinfo")
    Map<String, Object> userinfo(@AuthenticationPrincipal OidcUser user) {
        return user.getUserInfo().getClaims();
    }

    @GetMapping("/tokens")
    Map<String, String> tokens(Authentication who, HttpServletRequest request, HttpServletResponse response) {
        String resource = refresh("resource", System.getenv("RESOURCE"), who, request, response);
        String organization = refresh("organization_id", System.getenv("ORGANIZATION"), who, request, response);
        return Map.of("resource", resource, "organization", organization);
    }

    @GetMapping("/refresh")
    Map<String, String> refresh(Authentication who, HttpServletRequest request, HttpServletResponse response) {
        return Map.of("refreshed", refresh("resource", System.getenv("RESOURCE"), who, request, response));
    }

    @GetMapping("/refused")
    Map<String, String> refused(
            @RequestParam(defaultValue = "organization_id") String name,
            @RequestParam(defaultValue = "nobodys") String value,
            Authentication who,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            return Map.of("name", refresh(name, value, who, request, response));
        } catch (OAuth2AuthorizationException refusal) {
            return Map.of(
                    "name", refusal.getClass().getSimpleName(),
                    "code", refusal.getError().getErrorCode(),
                    "message", refusal.getError().getDescription());
        }
    }

    /** An access token got by the refresh token, with one more parameter of the request. */
    private String refresh(
            String name, String value, Authentication who, HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizedClient client = authorized.loadAuthorizedClient("ostiary", who, request);
        var tokens = new RestClientRefreshTokenTokenResponseClient();
        tokens.addParametersConverter(grant -> {
            var parameters = new LinkedMultiValueMap<String, String>();
            parameters.add(name, value);
            return parameters;
        });
        var answer = tokens.getTokenResponse(new OAuth2RefreshTokenGrantRequest(
                client.getClientRegistration(), client.getAccessToken(), client.getRefreshToken()));
        var kept = new OAuth2AuthorizedClient(
                client.getClientRegistration(), who.getName(), answer.getAccessToken(), answer.getRefreshToken());
        authorized.saveAuthorizedClient(kept, who, request, response);
        return answer.getAccessToken().getTokenValue();
    }
}
