package dev.ostiary.sso.oidc;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.crypto.Jwt;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.errors.AppException;
import dev.ostiary.json.Json;
import dev.ostiary.keys.Keys;
import dev.ostiary.net.Outbound;
import dev.ostiary.sso.Departing;
import dev.ostiary.sso.Departure;
import dev.ostiary.sso.OidcConfig;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoError;
import dev.ostiary.sso.SsoFault;
import dev.ostiary.sso.SsoProfile;
import dev.ostiary.sso.SsoProtocol;
import dev.ostiary.sso.SsoProvider;
import dev.ostiary.sso.TokenSet;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The authorization code flow with PKCE, as a confidential client (OpenID Connect Core section 3.1). */
public final class OidcProtocol implements SsoProtocol {
    private static final List<String> ALWAYS_ASKED = List.of("openid", "profile", "email");

    private final Discovery discovery;
    private final TokenEndpoint tokenEndpoint;
    private final IdTokens idTokens;
    private final Userinfo userinfo;
    private final Ids ids;
    private final Clock clock;

    public OidcProtocol(Discovery discovery, Outbound outbound, Keys keys, JwtVerifier verifier, Ids ids, Clock clock) {
        this.discovery = discovery;
        this.tokenEndpoint = new TokenEndpoint(outbound, new ClientProof(keys, ids, clock));
        this.idTokens = new IdTokens(discovery, verifier, clock);
        this.userinfo = new Userinfo(outbound);
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Departure depart(Departing departing) {
        SsoConnector connector = departing.connector();
        OidcConfig config = config(connector);
        ProviderMetadata provider = discovery.find(connector.provider(), config);
        String nonce = ids.token();
        String verifier = ids.token();
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("client_id", config.clientId());
        asked.put("response_type", "code");
        asked.put("redirect_uri", departing.redirectUri());
        asked.put("scope", scope(config));
        asked.put("state", departing.state());
        asked.put("nonce", nonce);
        asked.put("code_challenge", Hashes.sha256Base64Url(verifier));
        asked.put("code_challenge_method", "S256");
        departing.loginHint().ifPresent(hint -> asked.put("login_hint", hint));
        if (connector.provider() == SsoProvider.GOOGLE_WORKSPACE) {
            asked.put("prompt", config.offlineAccess() ? "consent select_account" : "select_account");
            if (config.offlineAccess()) {
                asked.put("access_type", "offline");
            }
            asked.put("include_granted_scopes", "true");
        }
        ObjectNode kept = Json.object()
                .put("connectorId", connector.id())
                .put("issuer", config.issuer())
                .put("clientId", config.clientId())
                .put("redirectUri", departing.redirectUri())
                .put("nonce", nonce)
                .put("codeVerifier", verifier);
        return new Departure(with(provider.authorizationEndpoint(), asked), kept);
    }

    @Override
    public SsoProfile arrive(SsoConnector connector, String tenant, ObjectNode kept, Map<String, String> answer) {
        OidcConfig config = config(connector);
        checkUnchanged(connector, config, kept);
        ProviderMetadata provider = discovery.find(connector.provider(), config);
        String code = CallbackAnswer.code(provider, config, answer);
        TokenAnswer tokens = tokenEndpoint.redeem(
                tenant, provider, config, code, text(kept, "redirectUri"), text(kept, "codeVerifier"));
        String accessToken = tokens.accessToken().reveal();
        String idToken = tokens.idToken()
                .orElseThrow(() -> ConnectorError.INVALID_RESPONSE.of(SsoFault.ID_TOKEN_MISSING))
                .reveal();
        IdTokens.Request request = new IdTokens.Request(connector.provider(), text(kept, "nonce"));
        Jwt verified = idTokens.verify(request, provider, config, idToken, accessToken);
        String subject = IdTokens.subject(verified.claims().get("sub"));
        Optional<ObjectNode> more = userinfo.ask(connector.provider(), provider, accessToken, subject);
        Optional<TokenSet> toKeep = connector.enableTokenStorage()
                ? Optional.of(tokens.toKeep(clock.instant(), scope(config), Optional.empty()))
                : Optional.empty();
        return ClaimsMapping.profile(connector, config, (ObjectNode) Json.tree(verified.claims()), more, toKeep);
    }

    /**
     * Newer tokens for older ones.
     *
     * @throws AppException {@code connector.*}; fault {@code code_rejected} if the refresh token is good no more
     */
    public TokenSet refresh(SsoConnector connector, String tenant, TokenSet older) {
        OidcConfig config = config(connector);
        ProviderMetadata provider = discovery.find(connector.provider(), config);
        String refreshToken = older.refreshToken()
                .orElseThrow(() -> ConnectorError.AUTH_CODE_INVALID.of(SsoFault.CODE_REJECTED))
                .reveal();
        return tokenEndpoint
                .refresh(tenant, provider, config, refreshToken)
                .toKeep(clock.instant(), older.scope(), older.refreshToken());
    }

    /** A code of one client or provider must not be sent to another that took its place meanwhile. */
    private static void checkUnchanged(SsoConnector connector, OidcConfig config, ObjectNode kept) {
        boolean same = connector.id().equals(text(kept, "connectorId"))
                && config.issuer().equals(text(kept, "issuer"))
                && config.clientId().equals(text(kept, "clientId"));
        if (!same) {
            throw ConnectorError.INVALID_REQUEST_PARAMETERS.of(SsoFault.CONNECTOR_CHANGED);
        }
    }

    private static OidcConfig config(SsoConnector connector) {
        if (connector.config() instanceof OidcConfig oidc) {
            return oidc;
        }
        throw SsoError.CONNECTOR_NOT_FOUND.exception();
    }

    /** The three of every provider first, then the administrator's; each once. */
    public static String scope(OidcConfig config) {
        Set<String> scopes = new LinkedHashSet<>(ALWAYS_ASKED);
        for (String scope : config.scope().split("[\\s+]+")) {
            if (!scope.isEmpty()) {
                scopes.add(scope);
            }
        }
        return String.join(" ", scopes);
    }

    /** The endpoint may have a query of its own (RFC 6749 section 3.1), but not with our names in it. */
    private static URI with(URI endpoint, Map<String, String> parameters) {
        String own = endpoint.getRawQuery() == null ? "" : endpoint.getRawQuery();
        StringBuilder query = new StringBuilder();
        for (String parameter : own.split("&")) {
            String name = URLDecoder.decode(parameter.split("=", 2)[0], StandardCharsets.UTF_8);
            if (!parameter.isEmpty() && !parameters.containsKey(name)) {
                query.append(query.isEmpty() ? "" : "&").append(parameter);
            }
        }
        query.append(query.isEmpty() ? "" : "&")
                .append(parameters.entrySet().stream()
                        .map(p -> encode(p.getKey()) + "=" + encode(p.getValue()))
                        .collect(Collectors.joining("&")));
        String text = endpoint.toString();
        int mark = text.indexOf('?');
        return URI.create((mark < 0 ? text : text.substring(0, mark)) + "?" + query);
    }

    private static String text(ObjectNode kept, String name) {
        return kept.path(name).asString("");
    }

    private static String encode(String text) {
        // %20 is read alike in paths and queries; some providers take + for itself.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
