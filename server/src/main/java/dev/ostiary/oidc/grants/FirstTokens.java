package dev.ostiary.oidc.grants;

import dev.ostiary.applications.Application;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.grants.UserAccess.Access;
import dev.ostiary.oidc.tokens.Codes;
import dev.ostiary.oidc.tokens.IdTokens;
import dev.ostiary.oidc.tokens.IssuedTokens;
import dev.ostiary.oidc.tokens.NewRefreshToken;
import dev.ostiary.oidc.tokens.Redeemable;
import dev.ostiary.oidc.tokens.Redemption;
import dev.ostiary.oidc.tokens.RefreshTokens;
import dev.ostiary.oidc.tokens.StoredCode;
import dev.ostiary.sessions.Grants;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tokens of a fresh sign-in, whichever code stands for it. */
final class FirstTokens {
    private final Database database;
    private final Events events;
    private final Grants grants;
    private final Codes codes;
    private final UserAccess access;
    private final IdTokens idTokens;
    private final RefreshTokens refreshTokens;
    private final IssuedTokens issued;
    private final CustomClaims customClaims;

    FirstTokens(
            Database database,
            Events events,
            Grants grants,
            Codes codes,
            UserAccess access,
            IdTokens idTokens,
            RefreshTokens refreshTokens,
            IssuedTokens issued,
            CustomClaims customClaims) {
        this.database = database;
        this.events = events;
        this.grants = grants;
        this.codes = codes;
        this.access = access;
        this.idTokens = idTokens;
        this.refreshTokens = refreshTokens;
        this.issued = issued;
        this.customClaims = customClaims;
    }

    /**
     * What a code is worth.
     *
     * @param told by the ID token of the user
     * @param facts for the script that adds claims, if there is one
     */
    private record Worth(AccessVerdict verdict, Map<String, @Nullable Object> told, @Nullable ScriptFacts facts) {}

    /**
     * One commit, shared with others, spends the code and stores its tokens. Empty if somebody else was faster.
     *
     * @param type by which they are got
     * @param code rightly presented
     * @throws OAuthException as {@link UserAccess#decide}, or by a script; the code is spent
     */
    Optional<TokenAnswer> redeem(TokenRequest request, GrantType type, StoredCode code) {
        Worth worth;
        try {
            worth = database.read(request.tenant(), tx -> worth(tx, request, type, code.redeemable()));
        } catch (OAuthException refusal) {
            return refuse(request, code, refusal);
        }
        return worth.facts == null
                ? grant(request, type, code, worth)
                : customized(request, type, code, worth, worth.facts);
    }

    /**
     * Spends the code for nothing. Empty if somebody else was faster.
     *
     * @throws OAuthException that refusal
     */
    Optional<TokenAnswer> refuse(TokenRequest request, StoredCode code, OAuthException refusal) {
        if (codes.spend(request.tenant(), code)) {
            throw refusal;
        }
        return Optional.empty();
    }

    /** On one connection; no statement where nothing but the user's own data is asked for. */
    private Worth worth(Tx tx, TokenRequest request, GrantType type, Redeemable code) {
        AccessVerdict verdict = access.decide(tx, AccessDemand.of(request, code, code.scope()));
        return new Worth(
                verdict,
                idTokens.claims(tx, request.client(), code, verdict.toldByIdToken()),
                customClaims.ofUser(tx, request, verdict, code, type.name()));
    }

    private Optional<TokenAnswer> grant(TokenRequest request, GrantType type, StoredCode code, Worth worth) {
        Tokens tokens = make(request, code.redeemable(), worth, Map.of());
        Redemption redemption = new Redemption(
                code.kind(),
                code.hash(),
                code.redeemable().grant().id(),
                tokens.access.stored(),
                tokens.refresh,
                event(request, type, code.redeemable(), tokens.answer));
        return issued.redeem(request.tenant(), redemption) ? Optional.of(tokens.answer) : Optional.empty();
    }

    /**
     * The script may take seconds: the code is spent first, so that nobody runs it twice with one. Whoever presented it again
     * meanwhile, signed the user out or suspended them has ended the grant: then there are no tokens, not even one that is
     * not stored.
     */
    private Optional<TokenAnswer> customized(
            TokenRequest request, GrantType type, StoredCode code, Worth worth, ScriptFacts facts) {
        if (!codes.spend(request.tenant(), code)) {
            return Optional.empty();
        }
        Map<String, Object> custom = customClaims.run(request, facts);
        Redeemable redeemable = code.redeemable();
        Tokens tokens = make(request, redeemable, worth, custom);
        try {
            database.run(request.tenant(), tx -> {
                if (grants.find(tx, redeemable.grant().id()).isEmpty()) {
                    throw Outcome.invalidGrant();
                }
                if (tokens.access.stored() != null) {
                    issued.store(tx, tokens.access.stored());
                }
                if (tokens.refresh != null) {
                    issued.store(tx, tokens.refresh);
                }
                events.publish(tx, event(request, type, redeemable, tokens.answer));
            });
        } catch (AppException e) {
            if (e.error() == CommonError.RELATION_NOT_FOUND) {
                throw Outcome.invalidGrant();
            }
            throw e;
        }
        return Optional.of(tokens.answer);
    }

    private record Tokens(Access access, @Nullable NewRefreshToken refresh, TokenAnswer answer) {}

    /** Signs; no connection is held up meanwhile. */
    private Tokens make(TokenRequest request, Redeemable code, Worth worth, Map<String, Object> custom) {
        Application client = request.client();
        Access token = access.issue(request, code, worth.verdict, custom);
        NewRefreshToken refresh =
                refreshTokens.isDue(client, code) ? refreshTokens.first(client, code, request.jkt()) : null;
        TokenAnswer answer = new TokenAnswer(
                token.value(),
                token.lifetime(),
                idTokens.sign(request.tenant(), client, code, worth.told),
                refresh == null ? null : refresh.value(),
                token.scope());
        return new Tokens(token, refresh, answer);
    }

    private static Event event(TokenRequest request, GrantType type, Redeemable code, TokenAnswer answer) {
        return request.event(type)
                .user(code.user().id())
                .session(code.sessionUid())
                .with("tokenTypes", answer.tokenTypes())
                .with("scope", answer.scope());
    }
}
