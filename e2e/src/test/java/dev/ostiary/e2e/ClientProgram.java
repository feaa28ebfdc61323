package dev.ostiary.e2e;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A web program made with an SDK or a client library, as a process. All of them find the same variables in their
 * environment and answer on the same paths:
 *
 * <ul>
 *   <li>{@code /}: a paragraph {@code sub}, or "Not authenticated"
 *   <li>{@code /userinfo}: what the library got from there, JSON
 *   <li>{@code /tokens}: {@code resource}, {@code organization}: access tokens (JWT)
 *   <li>{@code /refresh}: {@code refreshed}: an access token got by the refresh token; {@code after}: the refresh token now
 *   <li>{@code /refused}: {@code code}: what the library says of a refused organization token
 * </ul>
 */
final class ClientProgram implements AutoCloseable {
    /** Which library. */
    enum Kind {
        EXPRESS("logto/sign-in", "logto/sign-in-callback", "logto/sign-out"),
        NEXT("sign-in", "callback", "sign-out"),
        SVELTEKIT("sign-in", "callback", "sign-out"),
        NUXT("sign-in", "callback", "sign-out"),
        OPENID_CLIENT("sign-in", "callback", "sign-out"),
        AUTHLIB("sign-in", "callback", "sign-out"),
        GO("sign-in", "callback", "sign-out"),
        SPRING("oauth2/authorization/ostiary", "login/oauth2/code/ostiary", "logout");

        private final String signIn;
        private final String callback;
        private final String signOut;

        Kind(String signIn, String callback, String signOut) {
            this.signIn = signIn;
            this.callback = callback;
            this.signOut = signOut;
        }

        private Companion start(Map<String, String> environment) {
            Path e2e = Program.ROOT.resolve("e2e");
            return switch (this) {
                case EXPRESS -> start(node(), List.of("node", "express/app.mjs"), environment);
                case NEXT ->
                    start(
                            node(),
                            List.of("node", "node_modules/next/dist/bin/next", "start", "next", "-H", "127.0.0.1"),
                            environment);
                case SVELTEKIT -> start(node().resolve("sveltekit"), List.of("node", "start.mjs"), environment);
                case NUXT -> start(node().resolve("nuxt"), List.of("node", "start.mjs"), environment);
                case OPENID_CLIENT -> start(node(), List.of("node", "openid-client/app.mjs"), environment);
                case AUTHLIB -> start(e2e.resolve("authlib"), List.of(FlaskProgram.python(), "app.py"), environment);
                case GO ->
                    start(
                            e2e.resolve("go"),
                            List.of(Program.ROOT.resolve(".local/go/client").toString()),
                            environment);
                case SPRING ->
                    start(
                            e2e.resolve("spring"),
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:TieredStopAtLevel=1",
                                    "-jar",
                                    "target/program.jar"),
                            environment);
            };
        }

        private Companion start(Path folder, List<String> command, Map<String, String> environment) {
            return Companion.start(name().toLowerCase(Locale.ROOT), folder, command, environment);
        }
    }

    private final Kind kind;
    private final String home;
    private final ManagementApi.Client client;
    private final Companion companion;

    private ClientProgram(Kind kind, String home, ManagementApi.Client client, Companion companion) {
        this.kind = kind;
        this.home = home;
        this.client = client;
        this.companion = companion;
    }

    /** Registers it as an application and launches it. */
    static ClientProgram launch(ClientStage stage, Kind kind) {
        int port = Ports.free();
        String home = FlaskProgram.home(port);
        // Express's SDK asks to come back to its base URL, which has no slash
        String signedOut = kind == Kind.EXPRESS ? home.replaceAll("/$", "") : home;
        ManagementApi.Client client = stage.register(kind.name(), "Traditional", home + kind.callback, signedOut);
        Map<String, String> environment = environment(stage, client, port);
        return new ClientProgram(kind, home, client, kind.start(environment));
    }

    /** What programs find in their environment. */
    static Map<String, String> environment(ClientStage stage, ManagementApi.Client client, int port) {
        return Map.of(
                "ENDPOINT",
                stage.endpoint(),
                "CLIENT_ID",
                client.id(),
                "CLIENT_SECRET",
                client.secret(),
                "HOME_URL",
                FlaskProgram.home(port),
                "PORT",
                Integer.toString(port),
                "RESOURCE",
                ClientStage.RESOURCE,
                "ORGANIZATION",
                stage.organization(),
                "SCOPES",
                ClientStage.RESOURCE_SCOPE + " " + ClientStage.ORGANIZATION_SCOPE);
    }

    /** The folder of the programs for Node, with their packages. */
    static Path node() {
        Path folder = Program.ROOT.resolve("e2e/node");
        if (!Files.exists(folder.resolve("node_modules"))) {
            throw new AssertionError("its packages are not installed: npm ci in " + folder + " (bin/test does it)");
        }
        return folder;
    }

    void awaitReady() {
        companion.await(URI.create(home), Duration.ofSeconds(90));
    }

    String home() {
        return home;
    }

    String signIn() {
        return home + kind.signIn;
    }

    String signOut() {
        return home + kind.signOut;
    }

    ManagementApi.Client client() {
        return client;
    }

    String log() {
        return companion.log();
    }

    @Override
    public void close() {
        companion.close();
    }
}
