package dev.ostiary.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.errors.AppException;
import dev.ostiary.testing.TestPostgres;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
    private static final String TENANT = "default";
    private static Database database;

    @BeforeAll
    static void open() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        database = new Database(new Database.Settings(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2));
        database.run("*", tx -> tx.update("INSERT INTO tenants (id) VALUES ('default')")
                .execute());
        for (String name : List.of("Bookstore", "book_club", "100% cotton", "Zoë", "back\\slash")) {
            database.run(TENANT, tx -> tx.update("INSERT INTO roles (tenant_id, id, name, description, type)"
                            + " VALUES (:tenant, :id, :name, 'Reads', 'User')")
                    .bind("id", Integer.toHexString(name.hashCode()))
                    .bind("name", name)
                    .execute());
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void without_parameters_everything_is_found() {
        assertThat(search()).hasSize(5);
        assertThat(parse("page", "1").isEmpty()).isTrue();
    }

    @Test
    void like_takes_the_callers_wildcards_and_no_others() {
        assertThat(search("search", "book%")).containsExactlyInAnyOrder("Bookstore", "book_club");
        assertThat(search("search", "book")).isEmpty();
        assertThat(search("search.name", "bookstore")).containsExactly("Bookstore");
        assertThat(search("search.name", "book\\_club")).containsExactly("book_club");
    }

    @Test
    void case_matters_only_where_asked() {
        assertThat(search("search", "BOOK%", "isCaseSensitive", "Yes")).isEmpty();
        assertThat(search("search", "Book%", "isCaseSensitive", "1")).containsExactly("Bookstore");
    }

    @Test
    void exact_knows_no_wildcards_and_takes_several_values() {
        assertThat(search("search.name", "100% COTTON", "mode", "exact")).containsExactly("100% cotton");
        assertThat(search("search.name", "100%", "mode", "exact")).isEmpty();
        assertThat(search("search.name", "book_club", "search.name", "zoë", "mode.name", "exact"))
                .containsExactlyInAnyOrder("book_club", "Zoë");
        assertThat(search("search.name", "back\\slash", "mode", "exact")).containsExactly("back\\slash");
    }

    @Test
    void patterns_work() {
        assertThat(search("search.name", "^b.*[kb]", "mode", "posix")).hasSize(3);
        assertThat(search("search.name", "(B|b)ook%", "mode.name", "similar_to", "isCaseSensitive", "true"))
                .hasSize(2);
    }

    @Test
    void terms_are_joined_by_or_unless_and_is_asked_for() {
        assertThat(search("search.name", "zoë", "search.description", "reads")).hasSize(5);
        assertThat(search("search.name", "zoë", "search.description", "reads", "joint", "and"))
                .containsExactly("Zoë");
        assertThat(search("search.name", "zoë", "search.description", "none", "jointMode", "and"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "search=",
                "search.password=x",
                "search.name%22--=x",
                "search=a&mode=fuzzy",
                "search=a&mode.tenant_id=exact",
                "search=a&mode=similar_to",
                "search=a&search=b",
                "search=a&joint=xor",
                "search=(&mode=posix",
                "search=a\0b",
            })
    void what_cannot_be_searched_is_told_MA6(String query) {
        assertThatThrownBy(() -> search(parameters(query))).isInstanceOfSatisfying(AppException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo("request.invalid_input");
            assertThat(refusal.status()).isEqualTo(400);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"' OR 1=1 --", "\\", "\\\\\\", "%'; DROP TABLE roles; --", "${x}", ":tenant", "?"})
    void hostile_values_find_nothing_and_break_nothing_MA6(String value) {
        assertThat(search("search", value)).isEmpty();
        assertThat(search("search", value, "mode", "exact")).isEmpty();
        assertThat(search()).hasSize(5);
    }

    private static String[] parameters(String query) {
        List<String> all = new ArrayList<>();
        for (String pair : query.split("&")) {
            all.addAll(List.of(pair.split("=", 2)));
        }
        return all.toArray(String[]::new);
    }

    private static Search parse(String... parameters) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.computeIfAbsent(parameters[i], n -> new ArrayList<>()).add(parameters[i + 1]);
        }
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("id", "id");
        columns.put("name", "name");
        columns.put("description", "description");
        return Search.of(values.keySet(), name -> values.getOrDefault(name, List.of()), columns);
    }

    private static List<String> search(String... parameters) {
        Search search = parse(parameters);
        return database.read(TENANT, tx -> search.bind(
                        tx.query("SELECT name FROM roles WHERE tenant_id = :tenant AND " + search.condition()))
                .mapTo(String.class)
                .list());
    }
}
