package dev.ostiary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import dev.ostiary.testing.Contract;
import dev.ostiary.testing.TestServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The operations of the wire beside the mounted ones; the shapes of answers are checked wherever a test asks. */
class ContractTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void what_is_mounted_is_where_the_wire_has_it() {
        Map<String, String> expected = new TreeMap<>();
        Contract.operations().forEach(o -> expected.put(o.method() + " " + bare(o.path()), o.id()));
        Map<String, String> wrong = new TreeMap<>();
        mounted().forEach((at, id) -> {
            String wanted = expected.get(at);
            if (wanted != null && !wanted.equals(id)) {
                wrong.put(at, id + " instead of " + wanted);
            }
        });

        assertThat(wrong).isEmpty();
    }

    /** Not a check but a report: read in the output of the tests how much there is. */
    @Test
    void so_many_operations_are_mounted() {
        Set<String> mounted = mounted().keySet();
        Map<String, int[]> counts = new TreeMap<>();
        Set<String> missing = new TreeSet<>();
        for (Contract.Operation operation : Contract.operations()) {
            int[] count = counts.computeIfAbsent(operation.tag(), tag -> new int[2]);
            count[1]++;
            if (mounted.contains(operation.method() + " " + bare(operation.path()))) {
                count[0]++;
            } else {
                missing.add(operation.id());
            }
        }
        int all = Contract.operations().size();
        System.out.println("Contract: " + (all - missing.size()) + " of " + all + " operations are mounted. "
                + counts.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue()[0] + "/" + e.getValue()[1])
                        .collect(Collectors.joining(", ")));

        assertThat(missing.size()).isLessThan(all);
    }

    /** By "METHOD path", with the operation's id. */
    private static Map<String, String> mounted() {
        Map<String, String> mounted = new LinkedHashMap<>();
        JsonNode document = Json.read(server.browser().get("/api/swagger.json").text());
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> mounted.put(
                        method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + bare(path.getKey()),
                        method.getValue().path("operationId").asString())));
        return mounted;
    }

    /** What a parameter is called makes no difference on the wire. */
    private static String bare(String path) {
        return path.replaceAll("\\{\\w+}", "{}");
    }
}
