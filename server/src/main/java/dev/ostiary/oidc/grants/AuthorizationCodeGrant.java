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
import dev.ostiary.oidc.tokens.Codes;
import dev.ostiary.oidc.tokens.StoredCode;
import dev.ostiary.sessions.Grants;
import java.time.Clock;
import java.util.Optional;
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
    private final FirstTokens tokens;

    AuthorizationCodeGrant(
            Database database, Events events, Clock clock, Grants grants, Codes codes, FirstTokens tokens) {
        this.database = database;
        this.events = events;
        this.clock = clock;
        this.grants = grants;
        this.codes = codes;
        this.tokens = tokens;
    }

    @Override
    public String name() {
        return "authorization_code";
    }

    @Override
    public String eventName() {
        return "AuthorizationCode";
    }

    /**
     * 1. Was the code spent before? Then one of two holders stole it: the grant and all its tokens end (RFC 9700 section
     *    4.5).
     * 2. Is it this client's, in time, from the same redirect URI, with the right verifier? If not it is spent, so that a
     *    wrong verifier cannot be tried twice (AZ1).
     * 3. Tokens. Of several who have come as far as this one wins, and the others are as in 1.
     */
    @Override
    public TokenAnswer redeem(TokenRequest request) {
        OAuthForm.require(request.form(), "code");
        String presented = request.form().first("code").orElseThrow();
        StoredCode code = codes.find(request.tenant(), presented).orElseThrow(Outcome::invalidGrant);
        if (code.isConsumed()) {
            throw replayed(request, presented);
        }
        Optional<TokenAnswer> answer = isRightlyPresented(request, code)
                ? tokens.redeem(request, this, code)
                : tokens.refuse(request, code, Outcome.invalidGrant());
        return answer.orElseThrow(() -> replayed(request, presented));
    }

    private boolean isRightlyPresented(TokenRequest request, StoredCode code) {
        Application client = request.client();
        return code.redeemable().isGoodFor(client.id(), clock.instant())
                && request.isBy(code.request().dpopJkt())
                && isSameRedirect(client, request.form(), code.request())
                && provesPossession(
                        client,
                        request.form().get("code_verifier"),
                        code.request().codeChallenge());
    }

    private OAuthException replayed(TokenRequest request, String presented) {
        database.run(request.tenant(), tx -> codes.findReplayed(tx, presented)
                .ifPresent(grant -> revoke(tx, request, grant)));
        return Outcome.invalidGrant();
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
}
