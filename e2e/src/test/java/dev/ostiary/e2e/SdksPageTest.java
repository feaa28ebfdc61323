package dev.ostiary.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The table of {@code docs/sdks.md} names the versions that are tested. */
class SdksPageTest {
    private static final Map<String, String> FINDS = Map.of(
            "requirements.txt", "(?m)^NAME==([\\d.]+)$",
            "go/go.mod", "(?m)^\\s*NAME v([\\d.]+)$",
            "spring/pom.xml", "(?s)<artifactId>NAME</artifactId>\\s*<version>([\\d.]+)</version>");

    @ParameterizedTest
    @CsvSource({
        "requirements.txt, logto, `logto` (PyPI)",
        "requirements.txt, authlib, Authlib (PyPI)",
        "node/package.json, @logto/express, `@logto/express`",
        "node/package.json, @logto/node, `@logto/node`",
        "node/package.json, @logto/next, `@logto/next`",
        "node/package.json, @logto/sveltekit, `@logto/sveltekit`",
        "node/package.json, @logto/nuxt, `@logto/nuxt`",
        "node/package.json, @logto/react, `@logto/react`",
        "node/package.json, @logto/vue, `@logto/vue`",
        "node/package.json, angular-auth-oidc-client, `angular-auth-oidc-client`",
        "node/package.json, @logto/js5, `angular-auth-oidc-client`",
        "node/package.json, @logto/browser, `@logto/browser`",
        "node/package.json, @logto/api, `@logto/api`",
        "node/package.json, openid-client, `openid-client`",
        "spring/pom.xml, spring-boot-starter-parent, Spring Security's",
        "go/go.mod, github.com/coreos/go-oidc/v3, `github.com/coreos/go-oidc/v3`",
        "go/go.mod, golang.org/x/oauth2, `github.com/coreos/go-oidc/v3`"
    })
    void the_page_names_the_version_that_is_tested(String list, String name, String client) throws IOException {
        String page = Files.readString(Program.ROOT.resolve("docs/sdks.md"));
        String row = page.lines()
                .filter(line -> line.startsWith("| " + client))
                .findFirst()
                .orElseThrow();
        assertThat(row).contains(version(list, name));
    }

    private static String version(String list, String name) throws IOException {
        String text = Files.readString(Program.ROOT.resolve("e2e/" + list));
        if (list.endsWith(".json")) {
            return new JsonMapper()
                    .readTree(text)
                    .path("dependencies")
                    .path(name)
                    .asString()
                    .replaceFirst("^npm:.*@", ""); // under a name of ours
        }
        Matcher found = Pattern.compile(FINDS.get(list).replace("NAME", Pattern.quote(name)))
                .matcher(text);
        assertThat(found.find()).as(name + " in " + list).isTrue();
        return found.group(1);
    }
}
