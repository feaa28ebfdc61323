package dev.ostiary.oidc.authorize;

import java.util.Set;

/** What an application of somebody else may ask for at all; handed in, because it is set elsewhere. */
public interface ThirdPartyCeiling {
    /** A foreign application learns who has signed in, and nothing else. */
    ThirdPartyCeiling IDENTITY_ONLY = new ThirdPartyCeiling() {
        @Override
        public Set<String> userScopes(String tenant, String applicationId) {
            return Set.of();
        }

        @Override
        public Set<String> resourceScopes(String tenant, String applicationId, String indicator) {
            return Set.of();
        }
    };

    /** Scopes of the user's data, beside {@code openid} and {@code offline_access}. */
    Set<String> userScopes(String tenant, String applicationId);

    /** Scopes of one API resource. */
    Set<String> resourceScopes(String tenant, String applicationId, String indicator);
}
