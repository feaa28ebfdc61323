package dev.ostiary.db;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** One unit of work on one tenant's rows. Every statement made here has {@code :tenant} bound already. */
public final class Tx {
    private final Handle handle;
    private final String tenant;
    private final List<Runnable> afterCommit = new ArrayList<>();

    Tx(Handle handle, String tenant) {
        this.handle = handle;
        this.tenant = tenant;
    }

    /** The tenant whose rows this transaction may see. */
    public String tenant() {
        return tenant;
    }

    public Query query(String sql) {
        return handle.createQuery(sql).bind("tenant", tenant);
    }

    public Update update(String sql) {
        return handle.createUpdate(sql).bind("tenant", tenant);
    }

    /** Many rows in one round trip; bind {@code tenant} on each row yourself. */
    public PreparedBatch batch(String sql) {
        return handle.prepareBatch(sql);
    }

    /** Runs once the transaction is durable; not at all if it is rolled back. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }
}
