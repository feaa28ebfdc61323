package dev.ostiary.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Database;
import dev.ostiary.db.Search;
import dev.ostiary.events.Changes;
import dev.ostiary.testing.TestPostgres;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With 10 000 connectors and 20 000 domains no question of a visitor reads a table whole. */
class SsoPlansTest {
    private static final int CONNECTORS = 10_000;

    private static Database db;
    private static SsoConnectors connectors;

    @BeforeAll
    static void fill() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        // One connection: its statistics are complete when it has flushed them.
        db = new Database(new Database.Settings(fresh.jdbcUrl(), fresh.user(), fresh.password(), 1));
        Sealer sealer = Sealer.fromKek(Sealer.newKek());
        connectors = new SsoConnectors(db, new Changes(db), Ids.secure(), sealer, Clock.systemUTC());
        db.run("*", tx -> {
            tx.update("INSERT INTO tenants (id) VALUES ('default'), ('other')").execute();
            tx.update(
                            """
                            INSERT INTO sso_connectors (tenant_id, id, provider_name, connector_name, config, created_at)
                            SELECT CASE WHEN i % 4 = 0 THEN 'other' ELSE 'default' END, 'c' || i, 'SAML', 'Company ' || i,
                                '{"metadataUrl": "https://idp.example/m"}', now() - make_interval(secs => i)
                            FROM generate_series(1, :many) AS i
                            """)
                    .bind("many", CONNECTORS)
                    .execute();
            tx.update(
                            """
                            INSERT INTO sso_connector_domains (tenant_id, connector_id, domain, position)
                            SELECT tenant_id, id, n || '.' || id || '.example', n
                            FROM sso_connectors, generate_series(1, 2) AS n
                            """)
                    .execute();
            tx.update("ANALYZE sso_connectors").execute();
            tx.update("ANALYZE sso_connector_domains").execute();
        });
    }

    @AfterAll
    static void close() {
        db.close();
    }

    @Test
    void a_domain_is_looked_up_in_the_index() {
        String plan = db.read(
                "default",
                tx -> String.join(
                        "\n",
                        tx.query("EXPLAIN " + SsoConnectorStore.IDS_OF_DOMAIN)
                                .bind("domain", "1.c4711.example")
                                .mapTo(String.class)
                                .list()));
        assertThat(plan).contains("sso_connector_domains_domain").doesNotContain("Seq Scan");
        List<String> found = db.read("default", tx -> SsoConnectorStore.idsOfDomain(tx, "1.c4711.example"));
        assertThat(found).containsExactly("c4711");
        assertThat(db.<List<String>>read("other", tx -> SsoConnectorStore.idsOfDomain(tx, "1.c4711.example")))
                .isEmpty();
    }

    @Test
    void no_question_of_a_visitor_reads_a_table_whole() {
        long before = sequentialScans();
        for (int i = 1; i < 50; i++) {
            connectors.forEmail("default", "ana@1.c" + i + ".example");
            connectors.find("default", "c" + i);
        }
        connectors.anyAvailable("default");
        db.<List<SsoConnector>>read("default", tx -> connectors.list(tx, search(Map.of()), 5_000, 20));
        assertThat(sequentialScans() - before).isZero();
    }

    @ParameterizedTest
    @CsvSource({"%4711%", "c4711", "%1.C4711.example%"})
    void an_administrator_finds_a_connector_by_name_id_or_domain(String typed) {
        Search search = search(Map.of("search", List.of(typed)));
        List<SsoConnector> found = db.read("default", tx -> connectors.list(tx, search, 0, 20));
        assertThat(found).extracting(SsoConnector::id).contains("c4711");
        assertThat(db.<Long>read("default", tx -> connectors.count(tx, search))).isEqualTo(found.size());
        assertThat(db.<Long>read("other", tx -> connectors.count(tx, search))).isZero();
    }

    private static Search search(Map<String, List<String>> query) {
        return Search.of(query.keySet(), name -> query.getOrDefault(name, List.of()), SsoConnectorStore.SEARCHABLE);
    }

    private static long sequentialScans() {
        db.read("default", tx -> tx.query("SELECT pg_stat_force_next_flush()::text")
                .mapTo(String.class)
                .findOne());
        return db.read("default", tx -> tx.query("SELECT sum(seq_scan) FROM pg_stat_user_tables"
                        + " WHERE relname IN ('sso_connectors', 'sso_connector_domains')")
                .mapTo(Long.class)
                .one());
    }
}
