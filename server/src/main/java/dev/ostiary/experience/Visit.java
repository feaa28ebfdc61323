package dev.ostiary.experience;

import dev.ostiary.errors.AppException;
import dev.ostiary.events.Event;
import dev.ostiary.http.Request;
import dev.ostiary.interactions.Interaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request of a visitor within an interaction: read once at its beginning, written once at its end by
 * {@link Experience#save}. Lives on one thread.
 */
public final class Visit {
    private final Request request;
    private final Interaction interaction;
    private @Nullable Progress progress;
    private boolean changed;

    Visit(Request request, Interaction interaction) {
        this.request = request;
        this.interaction = interaction;
        ObjectNode stored = interaction.experience();
        this.progress = stored == null ? null : Progress.read(stored);
    }

    public Interaction interaction() {
        return interaction;
    }

    public String tenant() {
        return request.tenant();
    }

    /** Whether the visitor is done, and only has to go to {@link #returnTo}. */
    public boolean isAnswered() {
        return interaction.answer() != null;
    }

    /** Where the browser goes in the end. On the host it came by, whose cookies it has. */
    public String returnTo() {
        return interaction.returnTo(request.site().origin());
    }

    Request request() {
        return request;
    }

    /** The host the visitor came by. */
    String origin() {
        return request.site().origin();
    }

    /** What was begun, if anything was. */
    public Optional<InteractionEvent> event() {
        return Optional.ofNullable(progress).map(Progress::interactionEvent);
    }

    /** The account that was identified or created, if one was. */
    public Optional<String> userId() {
        return Optional.ofNullable(progress).map(Progress::userId);
    }

    /** @throws AppException 404 {@code session.interaction_not_found} before {@link Experience#begin} */
    Progress progress() {
        if (progress == null) {
            throw ExperienceError.INTERACTION_NOT_FOUND.exception();
        }
        return progress;
    }

    void change(Progress next) {
        progress = next;
        changed = true;
    }

    boolean isChanged() {
        return changed;
    }

    void saved() {
        changed = false;
    }

    Map<String, String> context() {
        Map<String, String> context = new LinkedHashMap<>();
        context.put("ip", request.clientIp());
        context.put("userAgent", request.userAgent());
        return context;
    }

    /** @param step the wire's word after {@code Interaction.<Event>.} */
    Event tell(String step) {
        String word = event().map(InteractionEvent::word).orElse("SignIn");
        return Event.of("Interaction." + word + "." + step)
                .user(userId().orElse(null))
                .application(interaction.clientId())
                .interaction(interaction.auditId())
                .session(interaction.sessionUid())
                .from(request);
    }
}
