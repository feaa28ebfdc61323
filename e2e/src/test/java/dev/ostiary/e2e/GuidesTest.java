package dev.ostiary.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** The code of the console's guides runs as it is copied, and signs people in and out. Flask's: {@link BrowserStoryTest}. */
@ExtendWith(ClientStage.Resolver.class)
class GuidesTest {
    private static final Path GUIDES = ClientProgram.node().resolve("guides");
    private static final Path SPRING = Program.ROOT.resolve("e2e/spring/target");

    private static ClientStage stage;
    private static Browsers browsers;

    /** The guides of programs for people, where their redirect URI is, and where they ask to come back to. */
    enum Guide {
        EXPRESS("express", "Traditional", "logto/sign-in-callback", ""),
        NEXT("next", "Traditional", "callback", "/"),
        SVELTEKIT("sveltekit", "Traditional", "callback", "/"),
        NUXT("nuxt", "Traditional", "callback", "/"),
        SPRING_BOOT("spring-boot", "Traditional", "login/oauth2/code/ostiary", "/"),
        FASTAPI("fastapi", "Traditional", "callback", "/"),
        DJANGO("django", "Traditional", "callback", "/"),
        GO("go", "Traditional", "callback", "/"),
        REACT("react", "SPA", "callback", "/"),
        VUE("vue", "SPA", "callback", "/"),
        ANGULAR("angular", "SPA", "", "/"),
        VANILLA("vanilla", "SPA", "callback", "/");

        private final String id;
        private final String type;
        private final String callback;
        private final String end;

        Guide(String id, String type, String callback, String end) {
            this.id = id;
            this.type = type;
            this.callback = callback;
            this.end = end;
        }
    }

    @BeforeAll
    static void start(ClientStage given) {
        stage = given;
        browsers = new Browsers();
    }

    @AfterAll
    static void stop() {
        browsers.close();
    }

    @ParameterizedTest
    @EnumSource
    void the_code_runs_as_it_is_copied(Guide guide) throws IOException {
        int port = Ports.free();
        String home = FlaskProgram.home(port);
        String callback = home + guide.callback;
        String signedOut = "http://localhost:" + port + guide.end;
        ManagementApi.Client client = stage.register(guide.id, guide.type, callback, signedOut);
        Path folder = write(guide.id, client, callback, signedOut);
        try (Companion program = run(guide, folder, port)) {
            program.await(URI.create(home), Duration.ofSeconds(60));
            signInAndOut(home, guide == Guide.SPRING_BOOT);
        }
    }

    @Test
    void the_code_of_node_prints_users() throws IOException {
        Path folder =
                write("node", new ManagementApi.Client(ManagementApi.CLIENT_ID, ManagementApi.CLIENT_SECRET), "", "");
        String said = Companion.run("guide-node", folder, "node users.mjs", Map.of());
        Assertions.assertThat(said).contains(ClientStage.USERNAME).contains(stage.user());
    }

    private static void signInAndOut(String home, boolean atAnotherPage) {
        Page page = browsers.open("en");
        page.navigate(home);
        assertThat(page.locator("body")).containsText("Not signed in");
        pressed(page, "Sign in").click();
        page.waitForURL(Pattern.compile(".*/sign-in.*"));
        page.locator("input[name=identifier]").fill(ClientStage.USERNAME);
        page.locator("input[name=password]").fill(ClientStage.PASSWORD);
        page.locator("form button[type=submit]").click();
        if (atAnotherPage) {
            assertThat(page.locator("body")).containsText(stage.user());
            page.navigate(home);
        }
        assertThat(page.locator("body")).containsText("Signed in");
        pressed(page, "Sign out").click();
        Locator asked = page.getByText("Log Out", new Page.GetByTextOptions().setExact(true));
        assertThat(asked.or(page.getByText("Not signed in")).first()).isVisible();
        if (asked.count() > 0) {
            asked.click();
        }
        assertThat(page.locator("body")).containsText("Not signed in");
        Assertions.assertThat(page.url()).isEqualTo(home);
        page.context().close();
    }

    private static Locator pressed(Page page, String name) {
        return page.locator("a, button")
                .getByText(name, new Locator.GetByTextOptions().setExact(true))
                .or(page.getByText(name, new Page.GetByTextOptions().setExact(true)))
                .first();
    }

    private static Path write(String guide, ManagementApi.Client client, String callback, String signedOut)
            throws IOException {
        Path folder = Files.createDirectories(GUIDES.resolve("dist")).resolve(guide);
        Map<String, String> values = Map.of(
                "endpoint",
                stage.endpoint(),
                "appId",
                client.id(),
                "appSecret",
                client.secret(),
                "redirectUri",
                callback,
                "postSignOutUri",
                signedOut,
                "random",
                "0123456789abcdef0123456789abcdef");
        Companion.run(
                "guide-" + guide,
                GUIDES,
                "node write.mjs " + guide + " " + folder,
                Map.of("VALUES", new JsonMapper().writeValueAsString(values)));
        return folder;
    }

    private static Companion run(Guide guide, Path folder, int port) throws IOException {
        Map<String, String> environment = Map.of("PORT", Integer.toString(port));
        return switch (guide) {
            case EXPRESS -> start(guide, folder, List.of("node", "app.mjs"), environment);
            case NEXT -> next(guide, folder, port);
            case SVELTEKIT -> svelteKit(guide, folder, port);
            case NUXT -> nuxt(guide, folder, port);
            case REACT ->
                start(guide, GUIDES, List.of("node", "spa.mjs", folder.toString(), "src/main.tsx"), environment);
            case VUE -> start(guide, GUIDES, List.of("node", "spa.mjs", folder.toString(), "src/main.ts"), environment);
            case ANGULAR -> angular(guide, folder, port);
            case VANILLA ->
                start(guide, GUIDES, List.of("node", "spa.mjs", folder.toString(), "src/main.js"), environment);
            case FASTAPI -> uvicorn(guide, folder, "main:app", port);
            case DJANGO -> django(guide, folder, port);
            case GO -> {
                for (String file : List.of("go.mod", "go.sum")) {
                    Files.writeString(folder.resolve(file), Files.readString(Program.ROOT.resolve("e2e/go/" + file)));
                }
                Companion.run(
                        "guide-go",
                        folder,
                        "go build -trimpath -buildvcs=false -o program .",
                        Map.of("CGO_ENABLED", "0"));
                yield start(guide, folder, List.of(folder.resolve("program").toString()), Map.of());
            }
            case SPRING_BOOT -> spring(guide, folder);
        };
    }

    /** Beside the guide's files, the layout and the settings of the compiler that {@code create-next-app} makes. */
    private static Companion next(Guide guide, Path folder, int port) throws IOException {
        Files.writeString(
                folder.resolve("app/layout.tsx"),
                "export default function Layout({ children }: { children: React.ReactNode }) {\n"
                        + "  return <html lang=\"en\"><body>{children}</body></html>;\n}\n");
        Files.writeString(folder.resolve("tsconfig.json"), "{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./*\"]}}}");
        return start(
                guide,
                ClientProgram.node(),
                List.of(
                        "node",
                        "node_modules/next/dist/bin/next",
                        "dev",
                        folder.toString(),
                        "--port",
                        Integer.toString(port)),
                Map.of("NEXT_TELEMETRY_DISABLED", "1"));
    }

    /** What {@code ng new} makes starts it, the compiler in the browser in the place of the builder. */
    private static Companion angular(Guide guide, Path folder, int port) throws IOException {
        Files.writeString(
                folder.resolve("src/main.ts"),
                """
                import '@angular/compiler';
                import { bootstrapApplication } from '@angular/platform-browser';
                import { App } from './app/app';
                import { appConfig } from './app/app.config';

                bootstrapApplication(App, appConfig);
                """);
        return start(
                guide,
                GUIDES,
                List.of("node", "spa.mjs", folder.toString(), "src/main.ts"),
                Map.of("PORT", Integer.toString(port)));
    }

    /** Beside the guide's files, what {@code sv create} makes; the packages are not in the folder itself. */
    private static Companion svelteKit(Guide guide, Path folder, int port) throws IOException {
        Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");
        Files.writeString(folder.resolve("svelte.config.js"), "export default {};\n");
        Files.writeString(
                folder.resolve("vite.config.ts"),
                """
                import { sveltekit } from '@sveltejs/kit/vite';
                import { defineConfig } from 'vite';

                export default defineConfig({ plugins: [sveltekit()], server: { fs: { allow: ['../../..'] } } });
                """);
        Files.writeString(
                folder.resolve("src/app.html"),
                "<!doctype html><html><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>\n");
        String vite =
                ClientProgram.node().resolve("node_modules/vite/bin/vite.js").toString();
        String at = Integer.toString(port);
        return start(guide, folder, List.of("node", vite, "dev", "--host", "127.0.0.1", "--port", at), Map.of());
    }

    private static Companion nuxt(Guide guide, Path folder, int port) {
        return start(
                guide,
                ClientProgram.node(),
                List.of(
                        "node",
                        "node_modules/nuxt/bin/nuxt.mjs",
                        "dev",
                        folder.toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port)),
                Map.of("NUXT_TELEMETRY_DISABLED", "1"));
    }

    private static Companion uvicorn(Guide guide, Path folder, String app, int port) {
        return start(
                guide,
                folder,
                List.of(FlaskProgram.python(), "-m", "uvicorn", app, "--port", Integer.toString(port)),
                Map.of());
    }

    /** What {@code django-admin startproject} makes goes first, and the guide's settings at the end of its file. */
    private static Companion django(Guide guide, Path folder, int port) throws IOException {
        Path settings = folder.resolve("bookstore/settings.py");
        String more = Files.readString(settings);
        Path made = Files.createTempDirectory("django-");
        Companion.run("guide-django", made, FlaskProgram.python() + " -m django startproject bookstore .", Map.of());
        Files.writeString(settings, Files.readString(made.resolve("bookstore/settings.py")) + more);
        for (String file : List.of("__init__.py", "asgi.py")) {
            Files.writeString(folder.resolve("bookstore/" + file), Files.readString(made.resolve("bookstore/" + file)));
        }
        return uvicorn(guide, folder, "bookstore.asgi:application", port);
    }

    /** Compiled against the libraries of {@code e2e/spring}; the class with main is what start.spring.io makes. */
    private static Companion spring(Guide guide, Path folder) throws IOException {
        Path tools = Path.of(System.getProperty("java.home"), "bin");
        String sources = "src/main/java/com/example/demo/";
        Files.writeString(
                folder.resolve(sources + "DemoApplication.java"),
                """
                package com.example.demo;

                import org.springframework.boot.SpringApplication;
                import org.springframework.boot.autoconfigure.SpringBootApplication;

                @SpringBootApplication
                public class DemoApplication {
                    public static void main(String[] args) {
                        SpringApplication.run(DemoApplication.class, args);
                    }
                }
                """);
        Companion.run("guide-spring", folder, tools.resolve("jar") + " xf " + SPRING.resolve("program.jar"), Map.of());
        Companion.run(
                "guide-spring",
                folder,
                tools.resolve("javac") + " -d classes -cp BOOT-INF/lib/* " + sources + "DemoApplication.java " + sources
                        + "Security.java " + sources + "Home.java",
                Map.of());
        return start(
                guide,
                folder,
                List.of(
                        tools.resolve("java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        "classes:src/main/resources:BOOT-INF/lib/*",
                        "com.example.demo.DemoApplication"),
                Map.of());
    }

    private static Companion start(Guide guide, Path folder, List<String> command, Map<String, String> environment) {
        return Companion.start("guide-" + guide.id, folder, command, environment);
    }
}
