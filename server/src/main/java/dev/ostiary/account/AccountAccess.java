package dev.ostiary.account;

import dev.ostiary.access.AccessError;
import dev.ostiary.http.Request;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who calls the account API: an opaque access token with {@code openid}, in the header and nowhere else. */
public final class AccountAccess {
    private static final Pattern PRESENTED = Pattern.compile("(?i:bearer|(dpop)) ([A-Za-z0-9._~+/-]+=*)");

    private final Tokens tokens;

    /** What the protocol knows of its opaque access tokens. */
    @FunctionalInterface
    public interface Tokens {
        /**
         * Empty for anything that is not a token of this tenant that is good now.
         *
         * @param isDpop whether it came with the scheme {@code DPoP} and not with {@code Bearer}; a token that is bound to
         *     a key and comes without it is refused by whoever knows of bindings
         */
        Optional<AccountCaller> find(Request request, boolean isDpop, String token);
    }

    public AccountAccess(Tokens tokens) {
        this.tokens = tokens;
    }

    /** @throws dev.ostiary.errors.AppException 401 {@code auth.*}; 403 {@code auth.forbidden} without {@code openid} */
    AccountCaller authenticate(Request request) {
        String header = request.header("Authorization");
        if (header == null) {
            throw AccessError.HEADER_MISSING.exception();
        }
        var presented = PRESENTED.matcher(header);
        if (!presented.matches()) {
            throw AccessError.TYPE_NOT_SUPPORTED.exception();
        }
        AccountCaller caller = tokens.find(request, presented.group(1) != null, presented.group(2))
                .orElseThrow(AccessError.UNAUTHORIZED::exception);
        if (!caller.scopes().contains("openid")) {
            throw AccessError.FORBIDDEN.exception();
        }
        return caller;
    }
}
