package dev.ostiary.users;

import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.errors.ErrorCode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Many users at once. Each is stored whole or not at all, and none for the fault of another. */
final class Imports {
    private final Database database;
    private final Users users;
    private final Ids ids;
    private final Clock clock;

    Imports(Database database, Users users, Ids ids, Clock clock) {
        this.database = database;
        this.users = users;
        this.ids = ids;
        this.clock = clock;
    }

    /** What became of one: the id, or why not. */
    sealed interface Result {
        record Created(String id) implements Result {}

        record Refused(AppException reason) implements Result {}
    }

    /**
     * By one statement and one commit. Only when PostgreSQL refuses that as a whole (two of them have one account at a
     * social provider, say) one by one.
     *
     * @return one for each, in their order
     */
    List<Result> store(String tenant, List<ImportedUser> imported) {
        List<ImportStore.Row> rows = imported.stream()
                .map(user -> new ImportStore.Row(user.id().orElseGet(ids::brief), user))
                .toList();
        Set<String> seen = new HashSet<>();
        List<ImportStore.Row> first =
                rows.stream().filter(row -> seen.add(row.id())).toList();
        Map<ImportStore.Row, Result> results = storeAll(tenant, first);
        return rows.stream()
                .map(row -> results.getOrDefault(row, refused(UserError.ID_ALREADY_IN_USE)))
                .toList();
    }

    private Map<ImportStore.Row, Result> storeAll(String tenant, List<ImportStore.Row> rows) {
        if (rows.isEmpty()) {
            return Map.of();
        }
        try {
            return database.write(tenant, tx -> store(tx, rows));
        } catch (AppException refusal) {
            if (rows.size() == 1) {
                return Map.of(rows.getFirst(), new Result.Refused(refusal));
            }
            if (refusal.status() >= 500) {
                throw refusal;
            }
            Map<ImportStore.Row, Result> results = new LinkedHashMap<>();
            rows.forEach(row -> results.putAll(storeAll(tenant, List.of(row))));
            return results;
        }
    }

    private Map<ImportStore.Row, Result> store(Tx tx, List<ImportStore.Row> rows) {
        List<User> created = new ArrayList<>(ImportStore.insert(tx, rows, clock.instant()));
        users.created(tx, created);
        Set<String> stored = created.stream().map(User::id).collect(Collectors.toSet());
        Map<ImportStore.Row, Result> results = new LinkedHashMap<>();
        for (ImportStore.Row row : rows) {
            results.put(
                    row,
                    stored.contains(row.id())
                            ? new Result.Created(row.id())
                            : refused(reason(ImportStore.taken(tx, row))));
        }
        return results;
    }

    private static ErrorCode reason(String taken) {
        return switch (taken) {
            case "id" -> UserError.ID_ALREADY_IN_USE;
            case "username" -> UserError.USERNAME_ALREADY_IN_USE;
            case "email" -> UserError.EMAIL_ALREADY_IN_USE;
            case "phone" -> UserError.PHONE_ALREADY_IN_USE;
            // Whoever had it when the row was refused has let go of it since.
            default -> CommonError.UNIQUE_INTEGRITY_VIOLATION;
        };
    }

    private static Result refused(ErrorCode reason) {
        return new Result.Refused(reason.exception());
    }
}
