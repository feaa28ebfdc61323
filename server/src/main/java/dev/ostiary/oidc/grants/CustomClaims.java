package dev.ostiary.oidc.grants;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.tokens.Redeemable;
import dev.ostiary.scripts.CustomizedToken;
import dev.ostiary.scripts.JwtCustomizer;
import dev.ostiary.scripts.JwtCustomizers;
import dev.ostiary.scripts.ScriptCall;
import dev.ostiary.scripts.ScriptOutcome;
import dev.ostiary.scripts.Scripts;
import dev.ostiary.users.User;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Claims that a tenant's scripts add to JWT access tokens. Opaque tokens and ID tokens have none. Where no script is set
 * this costs no statement.
 */
public final class CustomClaims {
    /**
     * What no script says: the claims that we write ourselves, who acts for whom (RFC 8693 section 4.1), and whose key the
     * token is bound to (RFC 7800). A script that could would make tokens for somebody else (SC4).
     */
    private static final Set<String> OURS =
            Set.of("jti", "sub", "iat", "exp", "scope", "client_id", "iss", "aud", "act", "cnf");

    private final Database database;
    private final JwtCustomizers customizers;
    private final Scripts scripts;
    private final ScriptContext context;
    private final Events events;
    private final Ids ids;

    public CustomClaims(
            Database database,
            JwtCustomizers customizers,
            Scripts scripts,
            ScriptContext context,
            Events events,
            Ids ids) {
        this.database = database;
        this.customizers = customizers;
        this.scripts = scripts;
        this.context = context;
        this.events = events;
        this.ids = ids;
    }

    /**
     * What the script of a user's token has to be told; null if there is nothing to run.
     *
     * @param grantType of this exchange
     */
    @Nullable
    ScriptFacts ofUser(Tx tx, TokenRequest request, AccessVerdict verdict, Redeemable from, String grantType) {
        Optional<JwtCustomizer> customizer = find(tx, verdict);
        if (customizer.isEmpty()) {
            return null;
        }
        String jti = ids.token();
        ObjectNode token = token(CustomizedToken.ACCESS_TOKEN, jti, verdict, request)
                .put("accountId", from.user().id())
                .put("expiresWithSession", from.endsWithSession())
                .put("grantId", from.grant().id())
                .put("gty", cameBy(from, grantType));
        if (from.sessionUid() != null) {
            token.put("sessionUid", from.sessionUid());
        }
        if (from.carried().sid() != null) {
            token.put("sid", from.carried().sid());
        }
        ObjectNode told = context.ofUser(tx, from.user(), request.client(), from.sessionUid(), organization(request));
        return new ScriptFacts(customizer.get(), jti, from.user().id(), token, told);
    }

    /** In short names, in the order in which it happened. */
    private static String cameBy(Redeemable from, String grantType) {
        String first = from.carried().firstGrantType();
        return grantType.equals(RefreshTokenGrant.NAME) ? first + " " + grantType : first;
    }

    /**
     * The same for a token that another one was exchanged for.
     *
     * @param subjectContext what the maker of the subject token wanted the script to know; null for other tokens
     */
    @Nullable
    ScriptFacts ofExchange(
            Tx tx, TokenRequest request, AccessVerdict verdict, User user, @Nullable ObjectNode subjectContext) {
        Optional<JwtCustomizer> customizer = find(tx, verdict);
        if (customizer.isEmpty()) {
            return null;
        }
        String jti = ids.token();
        ObjectNode token = token(CustomizedToken.ACCESS_TOKEN, jti, verdict, request)
                .put("accountId", user.id())
                .put("gty", TokenExchangeGrant.NAME);
        ObjectNode told = context.ofUser(tx, user, request.client(), null, organization(request));
        ObjectNode grant = told.putObject("grant").put("type", TokenExchangeGrant.NAME);
        if (subjectContext != null) {
            grant.set("subjectTokenContext", subjectContext);
        }
        return new ScriptFacts(customizer.get(), jti, user.id(), token, told);
    }

    /** The same for a machine's token. */
    @Nullable
    ScriptFacts ofMachine(TokenRequest request, AccessVerdict verdict) {
        Optional<JwtCustomizer> customizer = customizers.find(request.tenant(), CustomizedToken.CLIENT_CREDENTIALS);
        if (customizer.isEmpty()) {
            return null;
        }
        String jti = ids.token();
        ObjectNode token = token(CustomizedToken.CLIENT_CREDENTIALS, jti, verdict, request);
        ObjectNode told =
                database.read(request.tenant(), tx -> context.ofMachine(tx, request.client(), organization(request)));
        return new ScriptFacts(customizer.get(), jti, null, token, told);
    }

    private Optional<JwtCustomizer> find(Tx tx, AccessVerdict verdict) {
        return verdict.isOpaque() ? Optional.empty() : customizers.find(tx, CustomizedToken.ACCESS_TOKEN);
    }

    private static ObjectNode token(CustomizedToken kind, String jti, AccessVerdict verdict, TokenRequest request) {
        return Json.object()
                .put("jti", jti)
                .put("aud", verdict.audience())
                .put("scope", verdict.scope())
                .put("clientId", request.client().id())
                .put("kind", kind.kind());
    }

    private static @Nullable String organization(TokenRequest request) {
        return request.form().get("organization_id");
    }

    /**
     * Runs the script. Not while a transaction is open: it may take seconds.
     *
     * @return further claims of the token, its {@code jti} among them; empty where there is nothing to run
     * @throws dev.ostiary.oidc.OAuthException {@code access_denied} if the script wants no token; {@code invalid_request}
     *     if it has failed, and no token is to be issued then
     */
    Map<String, Object> run(TokenRequest request, @Nullable ScriptFacts facts) {
        if (facts == null) {
            return Map.of();
        }
        ObjectNode argument = Json.object();
        argument.set("token", facts.token());
        argument.set("context", facts.context());
        facts.customizer()
                .environmentVariables()
                .ifPresent(variables -> argument.set("environmentVariables", Json.tree(variables)));
        ScriptOutcome outcome =
                scripts.run(request.tenant(), new ScriptCall(facts.customizer().script(), argument));
        Map<String, Object> claims = new LinkedHashMap<>();
        switch (outcome) {
            case ScriptOutcome.Claims made ->
                made.claims().properties().forEach(claim -> claims.put(claim.getKey(), claim.getValue()));
            case ScriptOutcome.Denied denied -> throw OAuthError.ACCESS_DENIED.because(denied.message());
            case ScriptOutcome.Failed failed ->
                fail(request, facts, failed.fault().text());
        }
        claims.keySet().removeAll(OURS);
        claims.put("jti", facts.jti());
        return claims;
    }

    /** What a transaction has decided, with what the script says to it where there is one. Not while one is open. */
    TokenAnswer answer(TokenRequest request, Outcome outcome) {
        return outcome instanceof Outcome.Customized customized
                ? customized.finish().apply(run(request, customized.facts()))
                : outcome.answer();
    }

    private void fail(TokenRequest request, ScriptFacts facts, String why) {
        JwtCustomizer customizer = facts.customizer();
        events.publish(
                request.tenant(),
                Event.of("JwtCustomizer." + customizer.token().kind())
                        .from(request.request())
                        .application(request.client().id())
                        .user(facts.userId())
                        .failed("jwt_customizer.general")
                        .with("errorDescription", why)
                        .with("blocked", customizer.blocksIssuance()));
        if (customizer.blocksIssuance()) {
            throw OAuthError.INVALID_REQUEST.because("custom claims of the token could not be made");
        }
    }
}
