package dev.ostiary.oidc.authorize;

import dev.ostiary.db.Tx;
import dev.ostiary.http.Request;
import dev.ostiary.sessions.Session;
import dev.ostiary.sessions.Sessions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One pass of a visitor through the endpoint.
 *
 * @param session the browser's, with who is signed in
 * @param opened set if the visitor has just signed in: that session, which is still to be stored
 * @param submission what was proven with it
 * @param done prompts that this request has had answered already
 */
record Visit(
        Tx tx,
        Request request,
        AuthorizeRequest asked,
        Wanted wanted,
        @Nullable Session session,
        Sessions.@Nullable Opened opened,
        ObjectNode submission,
        Set<String> done) {}
