package dev.ostiary.oidc.grants;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Params;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OAuthForm;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.oidc.grants.Subjects.Subject;
import dev.ostiary.oidc.tokens.AccessTokens;
import dev.ostiary.oidc.tokens.IssuedTokens;
import dev.ostiary.oidc.tokens.NewAccessToken;
import dev.ostiary.sessions.Exchange;
import dev.ostiary.sessions.Grant;
import dev.ostiary.sessions.Grants;
import dev.ostiary.users.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code urn:ietf:params:oauth:grant-type:token-exchange} (RFC 8693), the part of it that the wire has: an application of
 * our own acts for a user by a token of that user, and gets an access token, nothing that lasts longer.
 */
final class TokenExchangeGrant implements GrantType {
    static final String NAME = "urn:ietf:params:oauth:grant-type:token-exchange";

    private final Database database;
    private final Events events;
    private final Subjects subjects;
    private final UserAccess access;
    private final Grants grants;
    private final AccessTokens accessTokens;
    private final IssuedTokens issued;
    private final CustomClaims customClaims;

    TokenExchangeGrant(
            Database database,
            Events events,
            Subjects subjects,
            UserAccess access,
            Grants grants,
            AccessTokens accessTokens,
            IssuedTokens issued,
            CustomClaims customClaims) {
        this.database = database;
        this.events = events;
        this.subjects = subjects;
        this.access = access;
        this.grants = grants;
        this.accessTokens = accessTokens;
        this.issued = issued;
        this.customClaims = customClaims;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String eventName() {
        return "TokenExchange";
    }

    @Override
    public TokenAnswer redeem(TokenRequest request) {
        Params form = request.form();
        OAuthForm.require(form, "subject_token", "subject_token_type");
        if (form.has("actor_token") || form.has("actor_token_type")) {
            OAuthForm.require(form, "actor_token", "actor_token_type");
        }
        return customClaims.answer(request, database.write(request.tenant(), tx -> exchange(tx, request)));
    }

    /**
     * 1. Whose token is it? One that can be used once is spent now, whatever follows.
     * 2. Who acts?
     * 3. What may the user have, by the rules of all grants (TK8)?
     * 4. The token says who acts (TK9).
     */
    private Outcome exchange(Tx tx, TokenRequest request) {
        Params form = request.form();
        Optional<Subject> found = subjects.find(
                tx,
                form.first("subject_token").orElseThrow(),
                form.first("subject_token_type").orElseThrow());
        if (found.isEmpty()) {
            return Outcome.refused();
        }
        Subject subject = found.get();
        if (request.client().isPublicClient() && !request.isBy(subject.jkt())) {
            // Anybody can be a public client: a stolen token must not become one that works without its key.
            return Outcome.refused();
        }
        try {
            Map<String, Object> act = act(tx, form, subject);
            Set<String> wanted = wanted(form, subject);
            AccessVerdict verdict = access.decide(tx, AccessDemand.of(request, subject.user(), wanted));
            ScriptFacts facts = customClaims.ofExchange(tx, request, verdict, subject.user(), subject.context());
            return facts == null
                    ? new Outcome.Granted(issue(tx, request, subject, act, verdict))
                    : new Outcome.Customized(facts, custom -> afterwards(request, subject, act, verdict, custom));
        } catch (OAuthException refusal) {
            return new Outcome.Refused(refusal);
        }
    }

    /** RFC 8693 section 4.1: the one who acts now, around those who did before. */
    private @Nullable Map<String, Object> act(Tx tx, Params form, Subject subject) {
        if (!form.has("actor_token")) {
            return subject.act();
        }
        User actor = subjects.actor(
                        tx,
                        form.first("actor_token").orElseThrow(),
                        form.first("actor_token_type").orElseThrow())
                .orElseThrow(Outcome::invalidGrant);
        Map<String, Object> act = new LinkedHashMap<>();
        act.put("sub", actor.id());
        if (subject.act() != null) {
            act.put("act", subject.act());
        }
        return act;
    }

    /** No more of the user's data than the token exchanged could read. */
    private static Set<String> wanted(Params form, Subject subject) {
        Set<String> wanted = Scopes.parse(form.get("scope"));
        Set<String> most = subject.mostScopes();
        if (most != null) {
            wanted.removeIf(scope -> Scopes.isOidc(scope) && !most.contains(scope));
        }
        return wanted;
    }

    /** Only signed tokens have claims of scripts: nothing is stored but the event. */
    private TokenAnswer afterwards(
            TokenRequest request,
            Subject subject,
            @Nullable Map<String, Object> act,
            AccessVerdict verdict,
            Map<String, Object> custom) {
        String jwt = signed(request, subject, act, verdict, custom);
        events.publish(request.tenant(), event(request, subject, act, verdict));
        return new TokenAnswer(jwt, verdict.lifetime(), null, null, verdict.scope());
    }

    private String signed(
            TokenRequest request,
            Subject subject,
            @Nullable Map<String, Object> act,
            AccessVerdict verdict,
            Map<String, Object> custom) {
        Map<String, Object> extras = act == null ? Map.of() : Map.of("act", act);
        return access.signed(request, subject.user().id(), verdict, extras, custom)
                .value();
    }

    private Event event(
            TokenRequest request, Subject subject, @Nullable Map<String, Object> act, AccessVerdict verdict) {
        return request.event(this)
                .user(subject.user().id())
                .with("tokenTypes", List.of("AccessToken"))
                .with("scope", verdict.scope())
                .with("act", act);
    }

    private TokenAnswer issue(
            Tx tx, TokenRequest request, Subject subject, @Nullable Map<String, Object> act, AccessVerdict verdict) {
        String user = subject.user().id();
        String client = request.client().id();
        String value;
        if (verdict.isOpaque()) {
            Exchange exchange = new Exchange(Optional.ofNullable(act), Optional.ofNullable(subject.with()));
            Grant grant = grants.exchanged(tx, user, client, verdict.scopes(), verdict.lifetime(), exchange);
            NewAccessToken token = accessTokens.exchanged(grant, verdict.scope(), verdict.jkt());
            issued.store(tx, token);
            value = token.value();
        } else {
            value = signed(request, subject, act, verdict, Map.of());
        }
        events.publish(tx, event(request, subject, act, verdict));
        return new TokenAnswer(value, verdict.lifetime(), null, null, verdict.scope());
    }
}
