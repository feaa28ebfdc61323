package dev.ostiary.experience;

import dev.ostiary.http.Request;
import dev.ostiary.interactions.Interaction;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Visitors who came by an invitation to an e-mail address. Whoever has its link reads the mailbox, so the address is proven;
 * and they may register where registration is closed to everybody else.
 */
final class Invited {
    private final SignInExperiences settings;
    private volatile BiFunction<Request, Interaction, Optional<String>> addresses =
            (request, interaction) -> Optional.empty();

    Invited(SignInExperiences settings) {
        this.settings = settings;
    }

    void by(BiFunction<Request, Interaction, Optional<String>> source) {
        addresses = source;
    }

    /** Asked anew at each step: an invitation may be withdrawn while its visitor types. */
    Optional<String> address(Visit visit) {
        return addresses.apply(visit.request(), visit.interaction());
    }

    /** @throws dev.ostiary.errors.AppException 403 {@code auth.forbidden} */
    void requireOpen(Visit visit, InteractionEvent event) {
        boolean closed = event == InteractionEvent.REGISTER && isClosed(visit);
        if (!closed || address(visit).isEmpty()) {
            settings.requireOpen(visit.tenant(), event);
        }
    }

    /**
     * As {@link #requireOpen}, for an account of this address.
     *
     * @throws dev.ostiary.errors.AppException 403 {@code auth.forbidden}
     */
    void requireOpenFor(Visit visit, Optional<String> email) {
        String invited = isClosed(visit) ? address(visit).orElse("") : null;
        if (invited != null && (invited.isEmpty() || !invited.equalsIgnoreCase(email.orElse("")))) {
            throw ExperienceError.FORBIDDEN.exception();
        }
    }

    private boolean isClosed(Visit visit) {
        return !settings.of(visit.tenant()).signInMode().allowsRegistration();
    }
}
