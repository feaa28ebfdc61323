package dev.ostiary.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.ostiary.e2e.Visitor.Place;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The identity providers of these tests by themselves, so that a fault of theirs is not taken for one of ours. */
class ProvidersTest {
    /** RFC 7636 appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();

    private static HttpServer application;
    private static String redirectUri;

    @BeforeAll
    static void start() throws Exception {
        KeycloakProvider.launch();
        application = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        application.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        application.start();
        redirectUri = "http://localhost:" + application.getAddress().getPort() + "/callback/abc";
    }

    @AfterAll
    static void stop() {
        application.stop(0);
    }

    @Test
    void npm_oidc_provider_signs_in() throws Exception {
        try (OidcProviderNode node = OidcProviderNode.start()) {
            node.register(redirectUri);
            Place back = signIn(node, node.issuer(), "nora.node@node.test");
            assertThat(back.address().getQuery()).contains("iss=" + node.issuer());
            Map<String, Object> claims = idToken(node, node.issuer(), back);
            assertThat(claims).containsEntry("sub", "nora.node@node.test");
            node.rotateKey();
            idToken(node, node.issuer(), signIn(node, node.issuer(), "nora.node@node.test"));
            assertThat(node.seen()).contains("POST /token");
        }
    }

    @Test
    void the_stand_in_of_Entra_signs_in_and_refuses_as_Entra_does() throws Exception {
        try (EntraStandIn entra = new EntraStandIn()) {
            assertThat(new Visitor("en")
                            .open(authorization(entra, entra.issuer()))
                            .page())
                    .contains("AADSTS50011");
            entra.register(redirectUri);
            Map<String, Object> claims =
                    idToken(entra, entra.issuer(), signIn(entra, entra.issuer(), "carla@contoso.test"));
            assertThat(claims)
                    .containsEntry("tid", EntraStandIn.CONTOSO)
                    .containsEntry("iss", entra.issuer())
                    .doesNotContainKey("email_verified");
            assertThat(new Visitor("en")
                            .open(authorization(entra, entra.issuerOfMany("common")))
                            .page())
                    .contains("AADSTS50194");
            entra.multitenant(true);
            assertThat(metadata(entra.issuerOfMany("common")).get("issuer").asString())
                    .endsWith("/{tenantid}/v2.0");
            Place fay = signIn(entra, entra.issuerOfMany("common"), "fay@fabrikam.test");
            assertThat(idToken(entra, entra.issuerOfMany("common"), fay))
                    .containsEntry("iss", entra.issuer().replace(EntraStandIn.CONTOSO, EntraStandIn.FABRIKAM));
            Place old = signIn(entra, entra.origin() + "/" + EntraStandIn.CONTOSO, "carlos@contoso.test");
            assertThat(idToken(entra, entra.origin() + "/" + EntraStandIn.CONTOSO, old))
                    .containsEntry("iss", entra.issuerOfVersion1())
                    .containsEntry("upn", "carlos@contoso.test")
                    .doesNotContainKey("email");
        }
    }

    @Test
    void keycloak_signs_in() throws Exception {
        KeycloakProvider keycloak = KeycloakProvider.launch().awaitReady();
        keycloak.register(redirectUri);
        Place back = signIn(keycloak, keycloak.issuer(), KeycloakProvider.ANN);
        assertThat(idToken(keycloak, keycloak.issuer(), back))
                .containsEntry("email", KeycloakProvider.ANN)
                .containsEntry("email_verified", true)
                .containsEntry("name", "Ann Archer");
    }

    private static Place signIn(IdentityProvider provider, String issuer, String email) throws Exception {
        Visitor visitor = new Visitor("en");
        Place login = visitor.open(authorization(provider, issuer));
        Place back = provider.signIn(visitor, login, email);
        assertThat(back.address().toString())
                .startsWith(redirectUri)
                .contains("state=st")
                .contains("code=");
        return back;
    }

    private static String authorization(IdentityProvider provider, String issuer) throws Exception {
        return metadata(issuer).get("authorization_endpoint").asString()
                + "?response_type=code&scope=openid%20profile%20email&state=st&nonce=no&code_challenge_method=S256"
                + "&code_challenge=" + CHALLENGE + "&client_id=" + provider.clientId() + "&redirect_uri="
                + encode(redirectUri);
    }

    private static JsonNode metadata(String issuer) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration"))
                .build();
        return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
    }

    /** Exchanges the code. The claims of the ID token, whose signature is that of the published key. */
    private static Map<String, Object> idToken(IdentityProvider provider, String issuer, Place back) throws Exception {
        String code = back.address().getRawQuery().replaceAll("(?:.*&)?code=([^&]*).*", "$1");
        String basic = encode(provider.clientId()) + ":" + encode(provider.clientSecret());
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(metadata(issuer).get("token_endpoint").asString()))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(basic.getBytes()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=authorization_code&code=" + code + "&code_verifier="
                        + VERIFIER + "&redirect_uri=" + encode(redirectUri)))
                .build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        SignedJWT token =
                SignedJWT.parse(JSON.readTree(answer.body()).get("id_token").asString());
        HttpRequest keys = HttpRequest.newBuilder(
                        URI.create(metadata(issuer).get("jwks_uri").asString()))
                .build();
        assertThat(HTTP.send(keys, BodyHandlers.ofString()).body())
                .contains(token.getHeader().getKeyID());
        assertThat(token.getJWTClaimsSet().getStringClaim("nonce")).isEqualTo("no");
        return token.getJWTClaimsSet().getClaims();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
