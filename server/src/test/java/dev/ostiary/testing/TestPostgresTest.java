package dev.ostiary.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.api.Test;

class TestPostgresTest {
    @Test
    void each_caller_gets_a_database_of_its_own() throws Exception {
        TestPostgres.Database one = TestPostgres.freshDatabase();
        TestPostgres.Database other = TestPostgres.freshDatabase();
        try (Connection first = one.connect();
                Connection second = other.connect()) {
            first.createStatement().execute("CREATE TABLE only_here (id int)");
            second.createStatement().execute("CREATE TABLE only_here (id int)");
        }
        assertThat(one.jdbcUrl()).isNotEqualTo(other.jdbcUrl());
    }
}
