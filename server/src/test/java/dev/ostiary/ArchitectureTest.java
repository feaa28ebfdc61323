package dev.ostiary;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The second fence between rooms: who may import whom, as ARCHITECTURE.md tells it. */
class ArchitectureTest {
    private static final String ROOT = "dev.ostiary.";
    private static final Set<String> GROUND =
            Set.of("base", "errors", "json", "crypto", "db", "http", "net", "events", "jobs");

    /** Beyond the ground floor. */
    private static final Map<String, Set<String>> MAY_IMPORT = rooms(
            "base:",
            "errors:",
            "json: errors",
            "crypto: base",
            "db: base errors json",
            "http: base errors json",
            "net: base errors json",
            "events: base db json jobs http",
            "jobs: base db",
            "tenants:",
            "keys: tenants",
            "access: tenants keys",
            "users: access",
            "resources: access",
            "applications: access resources",
            "roles: access users applications resources",
            "sso: access users tenants keys",
            "connectors: access",
            "messages: access connectors",
            "organizations: access users applications resources roles sso messages",
            "sessions: access users tenants",
            "scripts: access tenants",
            "mfa: access users",
            "interactions: tenants",
            "verifications: users sso",
            "experience: access interactions verifications users sessions applications tenants sso organizations",
            "pages: experience interactions applications resources users sessions tenants oidc verifications sso"
                    + " organizations",
            "oidc: access interactions sessions users applications resources roles keys tenants organizations"
                    + " verifications scripts",
            "account: access users verifications sessions sso",
            "audit: access",
            "console: tenants",
            "app: *");

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.ostiary");
    }

    @Test
    void every_room_imports_only_what_the_table_allows() {
        Set<String> trespasses = new TreeSet<>();
        for (JavaClass from : classes) {
            String room = room(from);
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass();
                if (to.getPackageName().startsWith("dev.ostiary") && !may(room, room(to))) {
                    trespasses.add(room + " → " + room(to) + "  (" + from.getSimpleName() + " uses "
                            + to.getSimpleName() + ")");
                }
            }
        }
        assertThat(trespasses).isEmpty();
    }

    @Test
    void every_room_is_in_the_table() {
        Set<String> rooms = classes.stream().map(ArchitectureTest::room).collect(Collectors.toCollection(TreeSet::new));
        assertThat(rooms).isSubsetOf(MAY_IMPORT.keySet());
    }

    @Test
    void only_http_knows_the_http_library() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.ostiary.http..", "dev.ostiary.app..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.helidon..")
                .check(classes);
    }

    @Test
    void only_net_asks_other_machines() {
        noClasses()
                .that()
                // db reads its files in jars; Training calls the program itself, once
                .resideOutsideOfPackages("dev.ostiary.net..", "dev.ostiary.db..")
                .and()
                .doNotHaveSimpleName("Training")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "org.apache.hc..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.net.URLConnection.class)
                .orShould()
                .callMethod(java.net.URL.class, "openStream")
                .orShould()
                .callMethod(java.net.URL.class, "openConnection")
                .check(classes);
    }

    @Test
    void only_the_present_json_library_is_used() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..")
                .check(classes);
    }

    @Test
    void only_app_reads_the_environment() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.ostiary.app..", "dev.ostiary.db..")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(classes);
    }

    @Test
    void time_is_passed_in() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.ostiary.app..", "dev.ostiary.db..", "dev.ostiary.crypto..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(classes);
    }

    @Test
    void no_class_is_called_manager_util_or_impl() {
        Set<String> odd = classes.stream()
                .map(JavaClass::getSimpleName)
                .filter(name -> name.matches(".*(Manager|Util|Utils|Impl|Service|Repository|Helper)"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(odd).isEmpty();
    }

    private static boolean may(String from, String to) {
        Set<String> allowed = MAY_IMPORT.getOrDefault(from, Set.of());
        if (from.equals(to) || allowed.contains("*") || allowed.contains(to)) {
            return true;
        }
        return !GROUND.contains(from) && GROUND.contains(to);
    }

    private static String room(JavaClass type) {
        String rest = type.getPackageName().length() >= ROOT.length()
                ? type.getPackageName().substring(ROOT.length())
                : "";
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    private static Map<String, Set<String>> rooms(String... lines) {
        Map<String, Set<String>> table = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = line.split(":", 2);
            table.put(
                    parts[0],
                    Arrays.stream(parts[1].strip().split(" "))
                            .filter(s -> !s.isEmpty())
                            .collect(Collectors.toUnmodifiableSet()));
        }
        return Map.copyOf(table);
    }
}
