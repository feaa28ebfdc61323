package dev.ostiary.oidc.grants;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.RedirectUris;
import dev.ostiary.crypto.ConstantTime;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Params;
import dev.ostiary.oidc.CodeRequest;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OAuthForm;
import dev.ostiary.oidc.grants.UserAccess.Access;
import dev.ostiary.oidc.tokens.Codes;
import dev.ostiary.oidc.tokens.IdTokens;
import dev.ostiary.oidc.tokens.IssuedTokens;
import dev.ostiary.oidc.tokens.NewRefreshToken;
import dev.ostiary.oidc.tokens.Redeemable;
import dev.ostiary.oidc.tokens.RefreshTokens;
import dev.ostiary.oidc.tokens.StoredCode;
import dev.ostiary.resources.Resource;
import dev.ostiary.sessions.Grants;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code authorization_code} (RFC 6749 section 4.1.3, RFC 7636): a code is worth tokens once. */
public final class AuthorizationCodeGrant implements GrantType {
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private final Database database;
    private final Events events;
    private final Clock clock;
    private final Grants grants;
    private final Codes codes;
    private final UserAccess access;
    private final IdTokens idTokens;
    private final RefreshTokens refreshTokens;
    private final IssuedTokens issued;

    AuthorizationCodeGrant(
            Database database,
            Events events,
            Clock clock,
            Grants grants,
            Codes codes,
            UserAccess access,
            IdTokens idTokens,
            RefreshTokens refreshTokens,
            IssuedTokens issued) {
        this.database = database;
        this.events = events;
        this.clock = clock;
        this.grants = grants;
        this.codes = codes;
        this.access = access;
        this.idTokens = idTokens;
        this.refreshTokens = refreshTokens;
        this.issued = issued;
    }

    @Override
    public String name() {
        return "authorization_code";
    }

    @Override
    public String eventName() {
        return "AuthorizationCode";
    }

    @Override
    public TokenAnswer redeem(TokenRequest request) {
        OAuthForm.require(request.form(), "code");
        String presented = request.form().first("code").orElseThrow();
        Outcome outcome = database.write(request.tenant(), tx -> exchange(tx, request, presented));
        if (outcome instanceof Outcome.NothingToSpend) {
            // Not in the transaction above: it may hold a lock on the code that another revocation waits for.
            database.run(request.tenant(), tx -> codes.findReplayed(tx, presented)
                    .ifPresent(grant -> revoke(tx, request, grant)));
        }
        return outcome.answer();
    }

    /**
     * 1. Spend the code: whatever follows, nobody can use it again, so a wrong verifier cannot be tried twice (AZ1).
     * 2. Was it spent before? Then one of two holders stole it: the grant and all its tokens end (RFC 9700 section 4.5).
     * 3. Is it this client's, in time, from the same redirect URI, with the right verifier?
     * 4. Tokens.
     */
    private Outcome exchange(Tx tx, TokenRequest request, String presented) {
        Optional<StoredCode> spent = codes.spend(tx, presented);
        if (spent.isEmpty()) {
            return new Outcome.NothingToSpend();
        }
        StoredCode code = spent.get();
        Application client = request.client();
        if (!code.redeemable().isGoodFor(client.id(), clock.instant())
                || !isSameRedirect(client, request.form(), code.request())
                || !provesPossession(
                        client,
                        request.form().get("code_verifier"),
                        code.request().codeChallenge())) {
            return Outcome.refused();
        }
        try {
            return issue(tx, request, code.redeemable());
        } catch (OAuthException refusal) {
            return new Outcome.Refused(refusal);
        }
    }

    private void revoke(Tx tx, TokenRequest request, String grantId) {
        if (grants.revoke(tx, grantId)) {
            events.publish(
                    tx,
                    Event.of("RevokeGrants")
                            .from(request.request())
                            .application(request.client().id())
                            .with("reason", "An authorization code was presented twice")
                            .with("grantId", grantId));
        }
    }

    /** RFC 6749 section 4.1.3; it may be left out where there is only one. */
    private static boolean isSameRedirect(Application client, Params form, CodeRequest code) {
        String presented = form.get("redirect_uri");
        return presented != null
                ? presented.equals(code.redirectUri())
                : RedirectUris.only(client).filter(code.redirectUri()::equals).isPresent();
    }

    /** A verifier without a challenge is as wrong as none with one: somebody took the challenge out (AZ2). */
    private static boolean provesPossession(Application client, @Nullable String verifier, @Nullable String challenge) {
        if (challenge == null) {
            return verifier == null && !client.requiresPkce();
        }
        return verifier != null
                && VERIFIER.matcher(verifier).matches()
                && ConstantTime.equal(Hashes.sha256Base64Url(verifier), challenge);
    }

    private Outcome issue(Tx tx, TokenRequest request, Redeemable code) {
        Application client = request.client();
        Set<String> wanted = code.scope();
        Optional<Resource> resource = access.target(request.tenant(), request.form(), code, wanted);
        Access token = resource.isPresent()
                ? access.issue(tx, code, wanted, resource.get())
                : access.issueOpaque(code, wanted);
        NewRefreshToken refresh = refreshTokens.isDue(client, code) ? refreshTokens.first(client, code) : null;
        issued.store(tx, token.stored(), refresh);
        Set<String> told = UserAccess.idTokenScopes(code, wanted);
        TokenAnswer answer = new TokenAnswer(
                token.value(),
                token.lifetime(),
                told.isEmpty() ? null : idTokens.sign(request.tenant(), client, code, told),
                refresh == null ? null : refresh.value(),
                token.scope());
        events.publish(
                tx,
                request.event(this)
                        .user(code.user().id())
                        .session(code.sessionUid())
                        .with("tokenTypes", answer.tokenTypes())
                        .with("scope", answer.scope()));
        return new Outcome.Granted(answer);
    }
}
