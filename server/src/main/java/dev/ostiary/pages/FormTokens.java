package dev.ostiary.pages;

import dev.ostiary.crypto.Hmac;
import dev.ostiary.errors.AppException;
import dev.ostiary.http.Request;
import dev.ostiary.interactions.Interaction;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Proof that a form was sent from a page of ours, by the browser that the page was made for: an HMAC over the interaction,
 * whose id only this browser's cookie knows. A form that an attacker prepared with an interaction of his own fails in the
 * visitor's browser (login CSRF, SE4).
 */
final class FormTokens {
    static final String FIELD = "_token";
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final Function<String, Hmac> hmac;

    /** @param hmac of a tenant */
    FormTokens(Function<String, Hmac> hmac) {
        this.hmac = hmac;
    }

    String issue(String tenant, Interaction interaction) {
        return issue(tenant, text(tenant, interaction));
    }

    /** @param subject what the form is bound to, with the kind of the form as its first part */
    String issue(String tenant, String subject) {
        return hmac.apply(tenant).sign(subject);
    }

    /**
     * Besides the token the browser's own word counts: fetch metadata and Origin, where they are sent.
     *
     * @throws AppException 403 {@code page.form_rejected}
     */
    void check(Request request, Interaction interaction) {
        check(request, text(request.tenant(), interaction));
    }

    /** As {@link #check(Request, Interaction)}, for a form of {@link #issue(String, String)}. */
    void check(Request request, String subject) {
        String site = request.header("Sec-Fetch-Site");
        String origin = request.header("Origin");
        boolean own = (site == null || OWN_SITE.contains(site))
                && (origin == null || origin.equals(request.site().origin()));
        String token = Objects.requireNonNullElse(request.form().get(FIELD), "");
        if (!own || !hmac.apply(request.tenant()).verify(subject, token)) {
            throw PageError.FORM_REJECTED.exception();
        }
    }

    private static String text(String tenant, Interaction interaction) {
        return "form\0" + tenant + '\0' + interaction.uid();
    }
}
