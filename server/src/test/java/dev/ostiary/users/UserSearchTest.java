package dev.ostiary.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UserSearchTest {
    private static TestServer server;
    private static TestApi api;
    private static final Map<String, String> IDS = new HashMap<>();

    @BeforeAll
    static void start() {
        server = TestServer.start();
        api = server.api();
        create("ann", "Ann Archer", "ann@example.com", "8100001");
        create("Bob_B", "Bob Baker", "Bob@Example.com", "8100002");
        create("carl", "50% off_er \\ o", "carl@other.org", "8200003");
        create("dora", "山田花子", "dora@other.org", "8200004");
        create("nosuch", "A'; DROP TABLE users; --", "quote@other.org", "8200005");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void like_needs_the_callers_wildcards_and_ignores_case() {
        assertFound("search=%25example.com", "ann", "Bob_B");
        assertFound("search=example.com");
        assertFound("search=ANN", "ann");
        assertFound("search=%25BAKER%25", "Bob_B");
        assertFound("search=%25BAKER%25&isCaseSensitive=true");
        assertFound("search=%25Baker%25&isCaseSensitive=YES", "Bob_B");
        assertFound("search=%25%E8%8A%B1%E5%AD%90%25", "dora");
        assertFound("search=a_n", "ann");
        assertFound("search=" + encode("50\\% off\\_er%"), "carl");
        assertFound("search=%25", "ann", "Bob_B", "carl", "dora", "nosuch");
    }

    @Test
    void one_field_is_searched_by_either_spelling_of_its_name() {
        assertFound("search.primaryEmail=%25other%25", "carl", "dora", "nosuch");
        assertFound("search.primary_email=%25other%25", "carl", "dora", "nosuch");
        assertFound("search.username=%25other%25");
        assertFound("search.primaryPhone=81%25", "ann", "Bob_B");
        assertFound("search.id=" + IDS.get("dora"), "dora");
    }

    @Test
    void conditions_are_joined_as_asked() {
        String both = "search.primaryEmail=%25other%25&search.username=dora";
        assertFound(both, "carl", "dora", "nosuch");
        assertFound(both + "&joint=and", "dora");
        assertFound(both + "&jointMode=and", "dora");
        assertFound("search=%25other%25&search.name=%25a%25&joint=and", "nosuch");
    }

    @Test
    void several_values_are_for_exact_only() {
        assertFound("search.username=ann&search.username=bob_b&mode.username=exact", "ann", "Bob_B");
        assertFound("search.username=ann&search.username=bob_b&mode=exact&isCaseSensitive=1", "ann");
        assertFound("search=50%25&mode=exact");
        assertRefused("search.username=ann&search.username=bob");
    }

    @Test
    void patterns_are_matched_by_postgresql() {
        assertFound("search.username=" + encode("^(ann|carl)$") + "&mode=posix", "ann", "carl");
        assertFound("search.username=" + encode("^(ANN|CARL)$") + "&mode=posix&isCaseSensitive=true");
        assertFound("search.username=" + encode("(ann|do%)") + "&mode=similar_to&isCaseSensitive=y", "ann", "dora");
        assertRefused("search.username=a&mode=similar_to");
    }

    @Test
    void MA6_what_is_no_search_is_refused_and_what_is_one_is_bound() {
        for (String bad : List.of(
                "search=",
                "search.name=",
                "search.password_digest=x",
                "search.customData=x",
                "search.tenant_id=x",
                "search.name%3B--=x",
                "search.name%22%20OR%201%3D1--=x",
                "search.s.name=x",
                "search=x&mode=regex",
                "search=x&mode=",
                "search=x&mode.nothing=like",
                "search=x&joint=xor",
                "search=x&joint=or%201%3D1",
                "search=a%00b",
                "search=%5B&mode=posix",
                "search=%28%28%28&mode=posix",
                "search=a%7B99999%7D&mode=posix",
                "search=" + encode("(".repeat(200)) + "&mode=posix",
                "search=%5B&mode=similar_to&isCaseSensitive=true",
                "search=" + "x".repeat(1000) + "&mode=posix",
                "excludeRoleId=a&excludeOrganizationId=b",
                "excludeRoleId=%00")) {
            assertRefused(bad);
        }
        for (String quoted :
                List.of("'", "' OR '1'='1", "x'); DELETE FROM users; --", "\\", "%\\", "\\'", "$$", ":x ?")) {
            assertThat(api.get("/users?search=" + encode(quoted)).status())
                    .as(quoted)
                    .isEqualTo(200);
        }
        assertFound("search=" + encode("A'; DROP%"), "nosuch");
        assertThat(api.get("/users").header("Total-Number")).contains("5");
    }

    @Test
    void DO3_a_pattern_made_to_be_slow_is_stopped() {
        for (String nested : List.of("((a{1,60}){1,60}){1,4}z", "(a{40}){40}", "a{255}".repeat(40), "a{99999999999}")) {
            assertRefused("mode=posix&search=" + encode(nested));
        }
        String uuid = "[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}";
        assertFound("mode=posix&search.name=" + encode(uuid));
        for (String bomb : List.of(
                "(a|a)*$",
                "(a*)*b",
                "(.*)(.*)(.*)(.*)\\1\\2\\3\\4" + "x".repeat(60),
                "[^x]{250}".repeat(4),
                "(a?){200}b")) {
            long start = System.nanoTime();
            Answer answer = api.get("/users?search=" + encode(bomb) + "&mode=posix");
            assertThat(answer.status()).as(bomb).isIn(200, 400);
            assertThat((System.nanoTime() - start) / 1_000_000).as(bomb).isLessThan(8_000);
        }
    }

    @Test
    void pages_follow_each_other_without_gap_and_name_their_neighbours() {
        Set<String> seen = new LinkedHashSet<>();
        for (int page = 1; page <= 3; page++) {
            Answer answer = api.get("/users?page=" + page + "&page_size=2");
            assertThat(answer.header("Total-Number")).contains("5");
            answer.json().forEach(user -> seen.add(user.path("username").asString()));
        }
        assertThat(seen).containsExactly("nosuch", "dora", "carl", "Bob_B", "ann");
        Answer second = api.get("/users?page=2&page_size=2&search=%25");
        assertThat(second.header("Total-Number")).contains("5");
        assertThat(second.header("Link").orElseThrow())
                .containsSubsequence("page=1", "\"first\"", "\"prev\"", "page=3", "\"last\"", "page=3", "\"next\"");
        assertThat(second.json().path(0).path("username").asString()).isEqualTo("carl");
        Answer beyond = api.get("/users?page=99&page_size=100");
        assertThat(beyond.text()).isEqualTo("[]");
        assertThat(beyond.header("Total-Number")).contains("5");
        Answer beyondSearch = api.get("/users?page=99&search=%25");
        assertThat(beyondSearch.text()).isEqualTo("[]");
        assertThat(beyondSearch.header("Total-Number")).contains("5");
        for (String bad : List.of("page=0", "page=-1", "page=x", "page_size=0", "page_size=101", "page_size=-1")) {
            assertThat(api.get("/users?" + bad).code()).as(bad).isEqualTo("guard.invalid_pagination");
        }
    }

    @Test
    void users_of_a_role_are_left_out_on_request() {
        server.app().database().run("default", tx -> {
            tx.update("INSERT INTO roles (tenant_id, id, name, description, type)"
                            + " VALUES (:tenant, 'role1', 'r', 'r', 'User')")
                    .execute();
            tx.update("INSERT INTO user_roles (tenant_id, user_id, role_id) VALUES (:tenant, :user, 'role1')")
                    .bind("user", IDS.get("carl"))
                    .execute();
        });
        assertFound("excludeRoleId=role1", "ann", "Bob_B", "dora", "nosuch");
        assertThat(api.get("/users?excludeRoleId=role1").header("Total-Number")).contains("4");
        assertFound("excludeRoleId=role1&search=%25other%25", "dora", "nosuch");
        assertThat(api.get("/users?excludeRoleId=nothing").header("Total-Number"))
                .contains("5");
    }

    private static void create(String username, String name, String email, String phone) {
        String id = api.created(
                        "/users",
                        Map.of("username", username, "name", name, "primaryEmail", email, "primaryPhone", phone))
                .path("id")
                .asString();
        IDS.put(username, id);
        server.clock().forward(Duration.ofMillis(10));
    }

    private static void assertFound(String query, String... usernames) {
        Answer answer = api.get("/users?" + query);
        assertThat(answer.status()).as(query + " " + answer.text()).isEqualTo(200);
        assertThat(answer.json().valueStream().map(u -> u.path("username").asString()))
                .as(query)
                .containsExactlyInAnyOrder(usernames);
        assertThat(answer.header("Total-Number")).as(query).contains(String.valueOf(usernames.length));
    }

    private static void assertRefused(String query) {
        Answer answer = api.get("/users?" + query);
        assertThat(answer.status()).as(query + " " + answer.text()).isEqualTo(400);
        assertThat(answer.code()).as(query).isEqualTo("request.invalid_input");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
