package dev.ostiary.organizations;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** The door to organizations and who is a member. */
public final class Organizations {
    private static final String TOPIC = "organizations";
    private static final long MOST_CACHED = 2_000;
    private static final int LONGEST_ID = 21;

    private final Database database;
    private final Changes changes;
    private final Events events;
    private final Ids ids;
    private final Clock clock;
    private final ChangeCache<ObjectNode> brandings;

    public Organizations(Database database, Changes changes, Events events, Ids ids, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.brandings = new ChangeCache<>(changes, TOPIC, MOST_CACHED);
    }

    public Optional<Organization> find(Tx tx, String id) {
        return isId(id) ? OrganizationStore.find(tx, id) : Optional.empty();
    }

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    public Organization get(Tx tx, String id) {
        return find(tx, id).orElseThrow(() -> notFound(id));
    }

    /**
     * Makes users members, those that are not yet, and gives all of them these roles, those that they have not yet. May
     * run any number of times.
     *
     * @return who was no member before
     * @throws AppException 422 for users, roles or an organization that do not exist, or roles of machines
     */
    public List<String> join(
            Tx tx, String organizationId, Collection<String> userIds, Collection<String> organizationRoleIds) {
        List<String> joined = MemberKind.USER.members.add(tx, List.of(organizationId), userIds);
        if (!organizationRoleIds.isEmpty()) {
            giveRoles(tx, MemberKind.USER, organizationId, userIds, organizationRoleIds);
        }
        tell(tx, MemberKind.USER, organizationId, Relation.Change.ofAdded(joined), UnaryOperator.identity());
        return joined;
    }

    /** Gives members these roles, those that they have not yet. */
    public void giveRoles(
            Tx tx, String organizationId, Collection<String> userIds, Collection<String> organizationRoleIds) {
        giveRoles(tx, MemberKind.USER, organizationId, userIds, organizationRoleIds);
    }

    public boolean isMember(Tx tx, String organizationId, String userId) {
        return MemberKind.USER.members.has(tx, List.of(organizationId), userId);
    }

    /**
     * How sign-in pages look for the organization: {@code color}, {@code branding}, {@code customCss}; and its {@code name}. From the cache;
     * nobody changes the tree.
     */
    public Optional<ObjectNode> branding(String tenant, String id) {
        if (!isId(id)) {
            return Optional.empty();
        }
        return brandings.get(tenant, id, () -> database.read(tenant, tx -> OrganizationStore.find(tx, id))
                .map(Organizations::look));
    }

    /** Keeps the ledgers of members short; for a job over all tenants. */
    public static void foldCounts(Tx tx) {
        OrganizationStore.foldCounts(tx);
    }

    Organization create(Tx tx, OrganizationJson.Create wanted) {
        Organization organization = wanted.organization(ids.brief(), Instant.ofEpochMilli(clock.millis()));
        OrganizationStore.insert(tx, organization);
        return organization;
    }

    /** As {@link #get}, and nobody else changes it until the transaction ends. */
    Organization lock(Tx tx, String id) {
        return OrganizationStore.lock(tx, id).orElseThrow(() -> notFound(id));
    }

    void update(Tx tx, Organization organization) {
        OrganizationStore.update(tx, organization);
        changes.announce(tx, TOPIC, organization.id());
    }

    /** @throws AppException 404 {@code entity.not_found} */
    void delete(Tx tx, String id) {
        if (!OrganizationStore.delete(tx, id)) {
            throw CommonError.ENTITY_NOT_FOUND.exception();
        }
        changes.announce(tx, TOPIC, id);
    }

    /** @throws AppException 404 {@code entity.not_exists_with_id} */
    void require(Tx tx, String id) {
        if (!OrganizationStore.exists(tx, id)) {
            throw notFound(id);
        }
    }

    /** @throws AppException 422 for roles that do not exist or are of the other kind of members, and for no members */
    void giveRoles(
            Tx tx,
            MemberKind kind,
            String organizationId,
            Collection<String> memberIds,
            Collection<String> organizationRoleIds) {
        OrganizationTemplate.requireType(tx, kind.type, organizationRoleIds);
        MemberStore.giveRoles(tx, kind, organizationId, memberIds, organizationRoleIds);
    }

    /** @param more who did it, from where */
    void tell(Tx tx, MemberKind kind, String organizationId, Relation.Change change, UnaryOperator<Event> more) {
        if (change.isEmpty()) {
            return;
        }
        String noun = kind == MemberKind.USER ? "UserIds" : "ApplicationIds";
        Event event = Event.of("Organization.Membership.Updated").with("organizationId", organizationId);
        if (!change.added().isEmpty()) {
            event = event.with("added" + noun, change.added());
        }
        if (!change.removed().isEmpty()) {
            event = event.with("removed" + noun, change.removed());
        }
        events.publish(tx, more.apply(event));
    }

    private static ObjectNode look(Organization organization) {
        ObjectNode look = Json.object();
        look.set("color", organization.color());
        look.set("branding", organization.branding());
        return look.put("name", organization.name()).put("customCss", organization.customCss());
    }

    /** What comes from a URL of a stranger is not asked of the database if it cannot be an id. */
    private static boolean isId(String id) {
        return !id.isEmpty() && id.length() <= LONGEST_ID && id.indexOf('\0') < 0;
    }

    static AppException notFound(String id) {
        return new AppException(
                CommonError.ENTITY_NOT_EXISTS_WITH_ID, null, null, Map.of("name", "organizations", "id", id));
    }
}
