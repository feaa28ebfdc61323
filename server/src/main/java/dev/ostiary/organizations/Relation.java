package dev.ostiary.organizations;

import dev.ostiary.db.Tx;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * A table of pairs: what an owner (an organization, a role, a member of an organization) has of something else. Keys are
 * the owner's ids, in the order of the columns. Ids that nobody has violate a foreign key: 422
 * {@code entity.relation_foreign_key_not_found}.
 */
final class Relation {
    private final String table;
    private final String related;
    private final List<String> owner;

    /**
     * @param related column of what is had
     * @param owner columns of who has it
     */
    Relation(String table, String related, String... owner) {
        this.table = table;
        this.related = related;
        this.owner = List.of(owner);
    }

    /** What was changed. */
    record Change(List<String> added, List<String> removed) {
        static Change ofAdded(List<String> added) {
            return new Change(added, List.of());
        }

        static Change ofRemoved(List<String> removed) {
            return new Change(List.of(), removed);
        }

        boolean isEmpty() {
            return added.isEmpty() && removed.isEmpty();
        }
    }

    /** All of them are new; a pair that is there already is 422 {@code entity.unique_integrity_violation}. */
    List<String> insert(Tx tx, List<String> key, Collection<String> ids) {
        return insert(tx, key, ids, "");
    }

    /** @return those that the owner did not have yet */
    List<String> add(Tx tx, List<String> key, Collection<String> ids) {
        return ids.isEmpty() ? List.of() : insert(tx, key, ids, " ON CONFLICT DO NOTHING");
    }

    /** The owner has these and no others. Two replacements at once are made one after the other. */
    Change replace(Tx tx, List<String> key, Collection<String> ids) {
        lock(tx, key);
        List<String> removed = bind(
                        tx.query("DELETE FROM " + table + " WHERE " + condition() + " AND NOT " + related
                                + " = ANY(:ids) RETURNING " + related),
                        key)
                .bindArray("ids", String.class, List.copyOf(ids))
                .mapTo(String.class)
                .list();
        return new Change(add(tx, key, ids), removed);
    }

    /** @return false if the owner has it not */
    boolean remove(Tx tx, List<String> key, String id) {
        return bind(tx.update("DELETE FROM " + table + " WHERE " + condition() + " AND " + related + " = :id"), key)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    boolean has(Tx tx, List<String> key, String id) {
        return bind(tx.query("SELECT 1 FROM " + table + " WHERE " + condition() + " AND " + related + " = :id"), key)
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** In one order, whoever inserts: two that insert the same do not wait for each other in a circle. */
    private List<String> insert(Tx tx, List<String> key, Collection<String> ids, String conflict) {
        String owners =
                IntStream.range(0, owner.size()).mapToObj(i -> ":owner" + i).collect(Collectors.joining(", "));
        return bind(
                        tx.query("INSERT INTO " + table + " (tenant_id, " + String.join(", ", owner) + ", " + related
                                + ") SELECT :tenant, " + owners
                                + ", wanted.id FROM (SELECT DISTINCT unnest(:ids) AS id ORDER BY 1) AS wanted"
                                + conflict + " RETURNING " + related),
                        key)
                .bindArray("ids", String.class, List.copyOf(ids))
                .mapTo(String.class)
                .list();
    }

    private void lock(Tx tx, List<String> key) {
        tx.query("SELECT pg_advisory_xact_lock(hashtextextended(:lock, 0))::text")
                .bind("lock", tx.tenant() + " " + table + " " + String.join(" ", key))
                .mapTo(String.class)
                .one();
    }

    private String condition() {
        return "tenant_id = :tenant AND "
                + IntStream.range(0, owner.size())
                        .mapToObj(i -> owner.get(i) + " = :owner" + i)
                        .collect(Collectors.joining(" AND "));
    }

    private <S extends SqlStatement<S>> S bind(S statement, List<String> key) {
        for (int i = 0; i < owner.size(); i++) {
            statement.bind("owner" + i, key.get(i));
        }
        return statement;
    }
}
