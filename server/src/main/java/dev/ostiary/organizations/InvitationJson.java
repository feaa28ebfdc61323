package dev.ostiary.organizations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ostiary.json.InvalidValue;
import dev.ostiary.json.Shape;
import dev.ostiary.organizations.Invitation.RoleName;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Wire shapes of invitations. */
final class InvitationJson {
    /** One plain address: what mail servers could read as two, or as another one, is none. */
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s\\p{Cc}\\p{Cf}@,;:<>()\\[\\]\"\\\\]+@[^\\s\\p{Cc}\\p{Cf}@,;:<>()\\[\\]\"\\\\]+"
                    + "\\.[^\\s\\p{Cc}\\p{Cf}@,;:<>()\\[\\]\"\\\\]+");

    /** 9999-12-31: later is no time that anybody means. */
    private static final long LATEST = 253_402_214_400_000L;

    private InvitationJson() {}

    record View(
            String tenantId,
            String id,
            @Nullable String inviterId,
            String invitee,
            @Nullable String acceptedUserId,
            String organizationId,
            InvitationStatus status,
            long createdAt,
            long updatedAt,
            long expiresAt,
            List<RoleName> organizationRoles) {

        static View of(String tenant, Invitation invitation) {
            return new View(
                    tenant,
                    invitation.id(),
                    invitation.inviterId(),
                    invitation.invitee(),
                    invitation.acceptedUserId(),
                    invitation.organizationId(),
                    invitation.status(),
                    invitation.createdAt().toEpochMilli(),
                    invitation.updatedAt().toEpochMilli(),
                    invitation.expiresAt().toEpochMilli(),
                    invitation.organizationRoles());
        }
    }

    /**
     * @param invitee an account's address has 128 characters at most
     * @param messagePayload what the message says; false for none
     */
    record Create(
            @Nullable @Size(max = 21) String inviterId,
            @Size(max = 128) String invitee,
            @Size(min = 1, max = 21) String organizationId,
            double expiresAt,
            Optional<@Size(max = 1000) List<@Size(min = 1, max = 64) String>> organizationRoleIds,
            @Nullable JsonNode messagePayload) {
        Create {
            if (!EMAIL.matcher(invitee).matches()) {
                throw new InvalidValue("Invalid email", "invitee");
            }
            if (!(Math.abs(expiresAt) <= LATEST)) {
                throw new InvalidValue("Not a time in milliseconds", "expiresAt");
            }
        }

        Invitations.Draft draft() {
            List<String> roles = organizationRoleIds
                    .map(ids -> List.copyOf(new LinkedHashSet<>(ids)))
                    .orElse(List.of());
            return new Invitations.Draft(
                    inviterId, invitee, organizationId, Instant.ofEpochMilli((long) expiresAt), roles);
        }

        /** Empty where no message is wanted. */
        Optional<Message> message() {
            JsonNode payload = messagePayload;
            if (payload == null || (payload.isBoolean() && !payload.asBoolean())) {
                return Optional.empty();
            }
            if (!payload.isObject()) {
                throw Shape.invalid("Expected an object, or false", "messagePayload");
            }
            return Optional.of(Shape.of(Message.class).read(payload));
        }
    }

    /**
     * What fills the gaps of the message.
     *
     * @param link of the application's own page; ours if there is none
     */
    record Message(
            Optional<@Size(max = 256) String> code,
            Optional<@Size(max = 4096) String> link,
            Optional<@Size(max = 64) String> locale,
            Optional<@Size(max = 256) String> uiLocales) {}

    record Outcome(@Nullable @Size(max = 21) String acceptedUserId, Wanted status) {}

    enum Wanted {
        @JsonProperty("Accepted")
        ACCEPTED,
        @JsonProperty("Revoked")
        REVOKED
    }

    /** Shown once. */
    record Link(String link, long expiresAt) {}
}
