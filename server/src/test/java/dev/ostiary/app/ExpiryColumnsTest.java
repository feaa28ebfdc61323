package dev.ostiary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpiryColumnsTest {
    /** Told as expired to who made them, until they are deleted. */
    private static final Set<String> KEPT = Set.of("organization_invitations");

    @Test
    void whatever_expires_is_removed_one_day() throws Exception {
        Map<String, String> expiring = new TreeMap<>();
        try (Connection connection = TestPostgres.freshDatabase().connect();
                ResultSet result = connection
                        .createStatement()
                        .executeQuery(
                                """
                                SELECT table_name, column_name FROM information_schema.columns
                                WHERE table_schema = 'public' AND is_nullable = 'NO'
                                    AND column_name IN ('expires_at', 'window_ends_at')
                                """)) {
            while (result.next()) {
                expiring.put(result.getString(1), result.getString(2));
            }
        }
        expiring.keySet().removeAll(KEPT);
        assertThat(App.EXPIRY_COLUMNS).containsAllEntriesOf(expiring);
    }
}
