package dev.ostiary.roles;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.db.Database;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import dev.ostiary.resources.Resources;
import java.util.Optional;
import java.util.Set;

/**
 * What machines may, remembered until any role or scope of the tenant changes: they ask for tokens thousands of times a
 * second, and roles change a few times a day.
 */
final class MachineScopes {
    private static final long MOST_TENANTS = 1_000;
    private static final long MOST_MACHINES = 10_000;

    private final Database database;
    private final ChangeCache<Cache<Key, Set<String>>> tenants;

    private record Key(String applicationId, String resourceId) {}

    MachineScopes(Database database, Changes changes) {
        this.database = database;
        this.tenants = new ChangeCache<>(changes, Resources.SCOPES, MOST_TENANTS);
    }

    Set<String> of(String tenant, String applicationId, String resourceId) {
        // A change replaces the whole map, so what was read before it is put where nobody looks any more.
        Cache<Key, Set<String>> known = tenants.get(
                        tenant,
                        "",
                        () -> Optional.of(
                                Caffeine.newBuilder().maximumSize(MOST_MACHINES).build()))
                .orElseThrow();
        Key key = new Key(applicationId, resourceId);
        Set<String> remembered = known.getIfPresent(key);
        if (remembered != null) {
            return remembered;
        }
        Set<String> read =
                database.read(tenant, tx -> RoleScopeStore.namesOf(tx, Holder.APPLICATION, applicationId, resourceId));
        known.put(key, read);
        return read;
    }
}
