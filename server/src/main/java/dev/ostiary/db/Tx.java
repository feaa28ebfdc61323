package dev.ostiary.db;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** One unit of work on one tenant's rows. Every statement made here has {@code :tenant} bound already. */
public final class Tx {
    /** The connection of which Jdbi is asked to make a handle. */
    static final ScopedValue<Connection> LENT = ScopedValue.newInstance();

    private final Jdbi jdbi;
    private final Connection connection;
    private final String tenant;
    private final LongAdder statements;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private @Nullable Handle handle;

    Tx(Jdbi jdbi, Connection connection, String tenant, LongAdder statements) {
        this.jdbi = jdbi;
        this.connection = connection;
        this.tenant = tenant;
        this.statements = statements;
    }

    /** The tenant whose rows this transaction may see. */
    public String tenant() {
        return tenant;
    }

    public Query query(String sql) {
        count();
        return handle().createQuery(sql).bind("tenant", tenant);
    }

    public Update update(String sql) {
        count();
        return handle().createUpdate(sql).bind("tenant", tenant);
    }

    /** Many rows in one round trip; bind {@code tenant} on each row yourself. */
    public PreparedBatch batch(String sql) {
        count();
        return handle().prepareBatch(sql);
    }

    /** Runs once the transaction is durable; not at all if it is rolled back. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** For one statement of {@link HotSql}. */
    Connection connection() {
        count();
        return connection;
    }

    /** Background work spans all tenants and is no part of what a request costs. */
    private void count() {
        if (!tenant.equals("*")) {
            statements.increment();
        }
    }

    /** Made when it is first needed; the connection is not its own, so nobody closes it. */
    private Handle handle() {
        Handle made = handle;
        if (made == null) {
            made = ScopedValue.where(LENT, connection).call(jdbi::open);
            handle = made;
        }
        return made;
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }
}
