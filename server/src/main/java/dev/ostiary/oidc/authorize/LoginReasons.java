package dev.ostiary.oidc.authorize;

import dev.ostiary.sessions.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a visitor has to sign in before an answer is given. */
final class LoginReasons {
    private LoginReasons() {}

    /** None if the session will do. */
    static List<String> of(AuthorizeRequest asked, @Nullable Session session, Set<String> done, Instant now) {
        List<String> reasons = new ArrayList<>();
        boolean fresh = done.contains("login");
        if (asked.prompts("login") && !fresh) {
            reasons.add("login_prompt");
        }
        if (session == null || !session.isSignedIn()) {
            reasons.add("no_session");
            return reasons;
        }
        if (!fresh && isTooOld(asked.maxAge(), session.signedInAt(), now)) {
            reasons.add("max_age");
        }
        if (!asked.expects(session.userId())) {
            reasons.add("other_user");
        }
        return reasons;
    }

    private static boolean isTooOld(@Nullable Long maxAge, @Nullable Instant signedInAt, Instant now) {
        if (maxAge == null) {
            return false;
        }
        // Zero asks for a sign-in however short the last one is ago.
        return maxAge == 0
                || signedInAt == null
                || Duration.between(signedInAt, now).compareTo(Duration.ofSeconds(maxAge)) > 0;
    }
}
