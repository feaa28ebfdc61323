package dev.ostiary.db;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.errors.ErrorCode;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what PostgreSQL refuses into the program's errors: a violated constraint by its name, the rest by SQLSTATE. */
final class Violations {
    private static final Logger log = LoggerFactory.getLogger(Violations.class);

    private final Map<String, ErrorCode> byConstraint = new ConcurrentHashMap<>();

    void register(String constraint, ErrorCode error) {
        byConstraint.put(constraint, error);
    }

    RuntimeException translate(Exception failure) {
        SQLException sql = sqlException(failure);
        if (sql == null) {
            return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
        }
        ErrorCode known = known(sql);
        if (known == null) {
            return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
        }
        if (known == CommonError.UNAVAILABLE) {
            log.warn("PostgreSQL is not available: {}", sql.getMessage());
        }
        return new AppException(known, null, null);
    }

    /** One of two transactions that waited for each other; the other has gone on. */
    static boolean isDeadlock(Exception failure) {
        SQLException sql = sqlException(failure);
        return sql != null && "40P01".equals(sql.getSQLState());
    }

    private @Nullable ErrorCode known(SQLException failure) {
        String state = failure.getSQLState();
        if (failure instanceof SQLTransientConnectionException || state == null) {
            return CommonError.UNAVAILABLE;
        }
        String constraint = failure instanceof PSQLException pg && pg.getServerErrorMessage() != null
                ? pg.getServerErrorMessage().getConstraint()
                : null;
        if (constraint != null && byConstraint.containsKey(constraint)) {
            return byConstraint.get(constraint);
        }
        return switch (state) {
            case "23505" -> CommonError.UNIQUE_INTEGRITY_VIOLATION;
            case "23503" -> CommonError.RELATION_NOT_FOUND;
            case "23514" -> CommonError.DB_CONSTRAINT_VIOLATED;
            case "22001" -> CommonError.VALUE_TOO_LONG;
            case "22P02", "22007", "22021", "22P05" -> CommonError.INVALID_ENTITY_INPUT;
            // Only a searched pattern can be malformed, or be given a time and exceed it.
            case "2201B", "22025", "2200C", "57014" -> CommonError.INVALID_REQUEST_INPUT;
            // 57P01–57P03: shutting down or starting up; 53300: too many connections; 25006: a standby
            case "57P01", "57P02", "57P03", "53300", "25006" -> CommonError.UNAVAILABLE;
            default -> state.startsWith("08") || state.startsWith("53") ? CommonError.UNAVAILABLE : null;
        };
    }

    private static @Nullable SQLException sqlException(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
