package dev.ostiary.experience;

import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Tx;
import dev.ostiary.sessions.Grants;
import dev.ostiary.sessions.Sessions;
import dev.ostiary.sso.SsoConnectors;
import dev.ostiary.sso.SsoIdentities;
import dev.ostiary.sso.SsoIdentity;
import dev.ostiary.sso.SsoSignIn;
import dev.ostiary.sso.TokenSet;

/** What the enterprise part of the machine is built of. */
public record SsoParts(
        SsoConnectors connectors,
        SsoSignIn signIn,
        SsoIdentities identities,
        TokenKeeper tokens,
        Sessions sessions,
        Grants grants,
        Sealer sealer) {

    /** Keeps what a provider has issued, instead of what it had issued before. */
    @FunctionalInterface
    public interface TokenKeeper {
        void keep(Tx tx, SsoIdentity identity, TokenSet tokens);
    }
}
