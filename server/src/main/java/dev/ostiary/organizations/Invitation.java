package dev.ostiary.organizations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invitation of an e-mail address to an organization.
 *
 * @param inviterId who invites; null if nobody in particular does, or is no more
 * @param invitee the address, as it was written; compared without regard to case
 * @param status as it is at the time of reading
 * @param expiresAt to the millisecond; it can be accepted at this moment still
 * @param organizationRoles what the member will hold, as far as it still exists
 */
public record Invitation(
        String id,
        @Nullable String inviterId,
        String invitee,
        @Nullable String acceptedUserId,
        String organizationId,
        InvitationStatus status,
        Instant createdAt,
        Instant updatedAt,
        Instant expiresAt,
        List<RoleName> organizationRoles) {

    public record RoleName(String id, String name) {}

    public boolean isPending() {
        return status == InvitationStatus.PENDING;
    }
}
