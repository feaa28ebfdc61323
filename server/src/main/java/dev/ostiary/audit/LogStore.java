package dev.ostiary.audit;

import dev.ostiary.audit.LogRoutes.View;
import dev.ostiary.db.Tx;
import dev.ostiary.http.Page;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** Reads rows of {@code logs}. */
final class LogStore {
    /** Counting stops here when the caller asks for a cap. */
    static final int CAP = 10_000;

    private LogStore() {}

    static List<View> list(Tx tx, LogFilter filter, Page page) {
        Query query = tx.query("SELECT * FROM logs WHERE " + condition(filter)
                + " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset");
        return bind(query, filter)
                .bind("limit", page.size())
                .bind("offset", page.offset())
                .map((rs, ctx) -> LogRoutes.view(rs))
                .list();
    }

    static long count(Tx tx, LogFilter filter, boolean cap) {
        String sql = cap
                ? "SELECT count(*) FROM (SELECT 1 FROM logs WHERE " + condition(filter) + " LIMIT " + (CAP + 1) + ") l"
                : "SELECT count(*) FROM logs WHERE " + condition(filter);
        return bind(tx.query(sql), filter).mapTo(Long.class).one();
    }

    static Optional<View> find(Tx tx, String id) {
        return tx.query("SELECT * FROM logs WHERE tenant_id = :tenant AND id = :id")
                .bind("id", id)
                .map((rs, ctx) -> LogRoutes.view(rs))
                .findOne();
    }

    /** Only the restrictions that are set, so that each combination has a plan that fits it. */
    private static String condition(LogFilter filter) {
        StringBuilder condition = new StringBuilder("tenant_id = :tenant");
        if (filter.userId() != null) {
            condition.append(" AND user_id = :userId");
        }
        if (filter.applicationId() != null) {
            condition.append(" AND application_id = :applicationId");
        }
        if (filter.logKey() != null) {
            condition.append(" AND key = :logKey");
        }
        if (filter.startTime() != null) {
            condition.append(" AND created_at >= :startTime");
        }
        if (filter.endTime() != null) {
            condition.append(" AND created_at <= :endTime");
        }
        return condition.toString();
    }

    private static Query bind(Query query, LogFilter filter) {
        if (filter.userId() != null) {
            query.bind("userId", filter.userId());
        }
        if (filter.applicationId() != null) {
            query.bind("applicationId", filter.applicationId());
        }
        if (filter.logKey() != null) {
            query.bind("logKey", filter.logKey());
        }
        if (filter.startTime() != null) {
            query.bind("startTime", filter.startTime());
        }
        if (filter.endTime() != null) {
            query.bind("endTime", filter.endTime());
        }
        return query;
    }
}
