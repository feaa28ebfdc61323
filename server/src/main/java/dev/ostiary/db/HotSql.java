package dev.ostiary.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * A statement that runs thousands of times a second: its names are resolved once, and it goes to the driver without
 * Jdbi's machinery, which costs more there than the rest of the request. {@code :tenant} is bound already. A constant;
 * shared by all threads.
 */
public final class HotSql {
    /** A name after one colon; two are a cast. */
    private static final Pattern NAME = Pattern.compile("(?<!:):([a-zA-Z]\\w*)");

    private final String sql;
    private final List<String> names;

    private HotSql(String sql, List<String> names) {
        this.sql = sql;
        this.names = names;
    }

    /** @param named with {@code :name} parameters; no colons inside literals */
    public static HotSql of(String named) {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(named);
        StringBuilder positional = new StringBuilder();
        while (matcher.find()) {
            names.add(matcher.group(1));
            matcher.appendReplacement(positional, "?");
        }
        return new HotSql(matcher.appendTail(positional).toString(), List.copyOf(names));
    }

    /** Makes a value of the row the cursor stands on. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The first row. */
    public <T> Optional<T> findOne(Tx tx, Map<String, ? extends @Nullable Object> values, Row<T> row) {
        try (PreparedStatement statement = bound(tx, values);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    public <T> List<T> list(Tx tx, Map<String, ? extends @Nullable Object> values, Row<T> row) {
        try (PreparedStatement statement = bound(tx, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    /** How many rows it changed. */
    public int update(Tx tx, Map<String, ? extends @Nullable Object> values) {
        try (PreparedStatement statement = bound(tx, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    private PreparedStatement bound(Tx tx, Map<String, ? extends @Nullable Object> values) throws SQLException {
        Connection connection = tx.connection();
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Object value = name.equals("tenant") ? tx.tenant() : values.get(name);
            switch (value) {
                case null -> statement.setObject(i + 1, null);
                case String text -> statement.setString(i + 1, text);
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
                case byte[][] many -> statement.setArray(i + 1, connection.createArrayOf("bytea", many));
                case String[] texts -> statement.setArray(i + 1, connection.createArrayOf("text", texts));
                default -> statement.setObject(i + 1, value);
            }
        }
        return statement;
    }
}
