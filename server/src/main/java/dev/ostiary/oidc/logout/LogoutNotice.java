package dev.ostiary.oidc.logout;

/**
 * An application that is to be told of the end of a session.
 *
 * @param sid the session's name towards that application
 * @param attempts tries so far, the present one included; names the try that a node has taken
 */
record LogoutNotice(String tenant, String sessionUid, String clientId, String userId, String sid, int attempts) {}
