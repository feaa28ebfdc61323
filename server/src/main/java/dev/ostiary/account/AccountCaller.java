package dev.ostiary.account;

import dev.ostiary.access.AccessError;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The user whom an access token belongs to, and what it is good for.
 *
 * @param sessionUid the session that it came from, if from one
 * @param isThirdParty whether the application that has it belongs to somebody else
 */
public record AccountCaller(
        String userId, String clientId, @Nullable String sessionUid, boolean isThirdParty, Set<String> scopes) {

    /** @throws dev.ostiary.errors.AppException 401 {@code auth.unauthorized} */
    void require(String scope) {
        if (!scopes.contains(scope)) {
            throw AccessError.UNAUTHORIZED.exception();
        }
    }

    /** @throws dev.ostiary.errors.AppException 403 {@code auth.third_party_application_forbidden} */
    void requireOwnApplication() {
        if (isThirdParty) {
            throw AccountError.THIRD_PARTY.exception();
        }
    }
}
