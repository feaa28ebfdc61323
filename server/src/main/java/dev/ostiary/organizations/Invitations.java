package dev.ostiary.organizations;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Request;
import dev.ostiary.organizations.InvitationStore.Accepted;
import dev.ostiary.organizations.InvitationStore.Filter;
import dev.ostiary.roles.RoleType;
import dev.ostiary.users.Users;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The door to invitations. One is accepted by its link, which whoever reads the invited mailbox has, or over the
 * Management API by a program that knows for itself who that is.
 */
public final class Invitations {
    private static final int LONGEST_ID = 21;

    private final Organizations organizations;
    private final Users users;
    private final Events events;
    private final Ids ids;
    private final Clock clock;
    private final UnaryOperator<String> origin;

    /** @param origin public origin of a tenant, by its id */
    public Invitations(
            Organizations organizations,
            Users users,
            Events events,
            Ids ids,
            Clock clock,
            UnaryOperator<String> origin) {
        this.organizations = organizations;
        this.users = users;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.origin = origin;
    }

    /** What is to be created. */
    record Draft(
            @Nullable String inviterId,
            String invitee,
            String organizationId,
            Instant expiresAt,
            List<String> roleIds) {}

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    Invitation get(Tx tx, String id) {
        return find(tx, id).orElseThrow(() -> unknown(id));
    }

    /** @throws AppException 422 unless it is pending, 404 */
    Invitation getPending(Tx tx, String id) {
        Invitation invitation = get(tx, id);
        if (!invitation.isPending()) {
            throw InvitationError.NOT_PENDING.refusal();
        }
        return invitation;
    }

    private Optional<Invitation> find(Tx tx, String id) {
        return isId(id) ? InvitationStore.find(tx, id, now()) : Optional.empty();
    }

    List<Invitation> list(Tx tx, Filter filter, long offset, long limit) {
        return InvitationStore.list(tx, filter, now(), offset, limit);
    }

    long count(Tx tx, Filter filter) {
        return InvitationStore.count(tx, filter, now());
    }

    /** The invitation that a link leads to, whatever has become of it. Nothing is told to who has not the whole link. */
    public Optional<Invitation> findByToken(Tx tx, String id, String token) {
        return isId(id) && InvitationLink.isToken(token)
                ? InvitationStore.find(tx, id, Hashes.sha256(token), now())
                : Optional.empty();
    }

    /**
     * Whom the sign-in of this browser was begun for, while the invitation can be accepted.
     *
     * @param state of the sign-in
     */
    public Optional<String> invited(Tx tx, Request request, String state) {
        return InvitationLink.kept(request)
                .filter(link -> state.startsWith(link.nonce() + "."))
                .flatMap(link -> findByToken(tx, link.id(), link.token()))
                .filter(Invitation::isPending)
                .map(Invitation::invitee);
    }

    /**
     * @param token null for one that is accepted over the Management API only
     * @throws AppException 400 and 422, see {@link InvitationError}; 422 {@code entity.unique_integrity_violation} while
     *     another one of the address waits, {@code entity.relation_foreign_key_not_found} for ids that nobody has
     */
    Invitation create(Tx tx, Draft draft, @Nullable String token) {
        Instant now = now();
        if (!draft.expiresAt().isAfter(now)) {
            throw InvitationError.EXPIRES_IN_THE_PAST.refusal();
        }
        OrganizationTemplate.requireType(tx, RoleType.USER, draft.roleIds());
        if (InvitationStore.isMember(tx, draft.organizationId(), draft.invitee())) {
            throw InvitationError.ALREADY_A_MEMBER.refusal();
        }
        String id = ids.standard();
        InvitationStore.expire(tx, draft.organizationId(), draft.invitee(), now);
        InvitationStore.insert(tx, id, draft, token == null ? null : Hashes.sha256(token), draft.roleIds(), now);
        Invitation created = get(tx, id);
        events.publish(tx, told("Create", created));
        return created;
    }

    /** 43 characters: for a link. */
    public String newToken() {
        return ids.token();
    }

    String link(String tenant, String id, String token) {
        return InvitationLink.address(origin.apply(tenant), id, token);
    }

    /**
     * A new link; the ones before are worth nothing from now on.
     *
     * @throws AppException 422 unless it is pending
     */
    void replaceToken(Tx tx, Invitation invitation, String token) {
        if (!InvitationStore.replaceToken(tx, invitation.id(), Hashes.sha256(token), now())) {
            throw InvitationError.NOT_PENDING.refusal();
        }
        events.publish(tx, told("Link", invitation));
    }

    /** @throws AppException 422 unless it is pending */
    Invitation revoke(Tx tx, String id) {
        Invitation before = get(tx, id);
        if (!InvitationStore.revoke(tx, id, now())) {
            throw InvitationError.NOT_PENDING.refusal();
        }
        events.publish(tx, told("Revoke", before));
        return get(tx, id);
    }

    /** @throws AppException 404 {@code entity.not_found} */
    void delete(Tx tx, String id) {
        String organizationId = isId(id) ? InvitationStore.delete(tx, id).orElse(null) : null;
        if (organizationId == null) {
            throw CommonError.ENTITY_NOT_FOUND.exception();
        }
        events.publish(
                tx,
                Event.of("Organization.Invitation.Delete")
                        .with("invitationId", id)
                        .with("organizationId", organizationId));
    }

    /**
     * Over the Management API, which vouches for the user.
     *
     * @throws AppException 422 and 404, see {@link InvitationError}
     */
    Invitation accept(Tx tx, String id, String userId) {
        Invitation before = get(tx, id);
        users.get(tx, userId);
        accepted(tx, before, userId, null);
        return get(tx, id);
    }

    /**
     * By the link, for who is signed in.
     *
     * @throws AppException 404 for another link, 422 see {@link InvitationError}
     */
    public void accept(Tx tx, String id, String token, String userId) {
        Invitation before = findByToken(tx, id, token).orElseThrow(() -> unknown(id));
        accepted(tx, before, userId, Hashes.sha256(token));
    }

    private void accepted(Tx tx, Invitation before, String userId, byte @Nullable [] tokenHash) {
        Accepted accepted = InvitationStore.accept(tx, before.id(), userId, tokenHash, now())
                .orElseThrow(() -> refusal(before));
        events.publish(tx, told("Accept", before).user(userId));
        if (accepted.joined()) {
            Relation.Change joined = Relation.Change.ofAdded(List.of(userId));
            organizations.tell(tx, MemberKind.USER, accepted.organizationId(), joined, UnaryOperator.identity());
        }
    }

    private static AppException refusal(Invitation before) {
        return before.isPending() ? InvitationError.OTHER_ADDRESS.refusal() : InvitationError.NOT_PENDING.refusal();
    }

    private static Event told(String act, Invitation invitation) {
        return Event.of("Organization.Invitation." + act)
                .with("invitationId", invitation.id())
                .with("organizationId", invitation.organizationId());
    }

    /** What the wire tells times in, and the database keeps. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private static boolean isId(String id) {
        return id.length() <= LONGEST_ID && id.indexOf('\0') < 0;
    }

    private static AppException unknown(String id) {
        return new AppException(
                CommonError.ENTITY_NOT_EXISTS_WITH_ID,
                null,
                null,
                Map.of("name", "organization_invitations", "id", id.length() <= LONGEST_ID ? id : "…"));
    }
}
