package dev.ostiary.oidc.grants;

import dev.ostiary.scripts.JwtCustomizer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A script that is to add claims to a token, and all that it is told. Read in the transaction of the exchange, so that the
 * script itself can run outside it: no connection waits for a script that waits for the network.
 *
 * @param jti of the token to be
 */
record ScriptFacts(
        JwtCustomizer customizer, String jti, @Nullable String userId, ObjectNode token, ObjectNode context) {
    @Override
    public String toString() {
        return "ScriptFacts[" + customizer.token() + "]";
    }
}
