package dev.ostiary.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The built program ({@code server/target/ostiary.jar}) as a process of its own: free ports, a data folder that is
 * deleted afterwards, nothing of this process's environment but PATH and HOME.
 *
 * <pre>{@code
 * try (Program program = Program.start(Map.of("BOOTSTRAP_CLIENT_ID", "ci", "BOOTSTRAP_CLIENT_SECRET", "…"))) {
 *     program.endpoint();   // http://localhost:<port>
 * }
 * }</pre>
 */
public final class Program implements AutoCloseable {
    public static final Path ROOT = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .normalize()
            .getParent();

    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Map<String, String> environment;
    private final Path folder;
    private final int port;
    private final int adminPort;
    private Process process;
    private Duration timeToReady = Duration.ZERO;

    private Program(Map<String, String> environment, Path folder, int port, int adminPort) throws IOException {
        this.environment = environment;
        this.folder = folder;
        this.port = port;
        this.adminPort = adminPort;
        this.process = launch();
    }

    /** Starts with the embedded PostgreSQL and waits until the status answers 204. */
    public static Program start() {
        return start(Map.of());
    }

    /** As {@link #start()}, with these variables, which win over ours (PORT, DATA_DIR, DB_URL, …). */
    public static Program start(Map<String, String> environment) {
        Program program = launch(environment);
        try {
            program.awaitReady();
            return program;
        } catch (RuntimeException | AssertionError fault) {
            program.close();
            throw fault;
        }
    }

    /** Starts and does not wait: for starts that are meant to fail. */
    public static Program launch(Map<String, String> environment) {
        try {
            Path folder = Files.createTempDirectory("ostiary-e2e-");
            Map<String, String> all = new HashMap<>();
            all.put("PORT", Integer.toString(Ports.free()));
            all.put("ADMIN_PORT", Integer.toString(Ports.free()));
            all.put("DATA_DIR", folder.resolve("data").toString());
            all.put("SECRET_VAULT_KEK", "ZTJlLXRlc3RzLW9ubHkta2V5LW9mLTMyLWJ5dGVzLjE=");
            all.putAll(environment);
            return new Program(all, folder, number(all.get("PORT")), number(all.get("ADMIN_PORT")));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Zero for a faulty one: such a program is not asked anything. */
    private static int number(String port) {
        return port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0;
    }

    private Process launch() throws IOException {
        Path jar = ROOT.resolve("server/target/ostiary.jar");
        if (!Files.exists(jar)) {
            throw new IOException("the program is not built: ./mvnw package -pl server -DskipTests");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + ROOT.resolve("bin/lib/jvm.options"),
                "-XX:TieredStopAtLevel=1", // for lives as short as these
                "-Dostiary.postgres.programs=" + ROOT.resolve("server/target/postgres-programs"),
                "-jar",
                jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        Map<String, String> target = builder.environment();
        target.keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
        target.putAll(environment);
        return builder.start();
    }

    /** Waits until the status answers 204. */
    public void awaitReady() {
        long from = System.nanoTime();
        while (status() != 204) {
            if (!process.isAlive()) {
                throw new AssertionError("the program ended with " + process.exitValue() + ":\n" + log());
            }
            if (System.nanoTime() - from > READY_LIMIT.toNanos()) {
                throw new AssertionError("not ready after " + READY_LIMIT + ":\n" + log());
            }
            pause(Duration.ofMillis(10));
        }
        timeToReady = Duration.ofNanos(System.nanoTime() - from);
    }

    /** The status code of {@code GET /api/status}, 0 if nobody answers. */
    public int status() {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(endpoint().resolve("/api/status"))
                                    .timeout(Duration.ofSeconds(15))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException nobody) {
            return 0;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    /** Where the applications of the default tenant are served, as they know it. */
    public URI endpoint() {
        return URI.create("http://localhost:" + port);
    }

    /** Where the admin tenant and the console are served. */
    public URI adminEndpoint() {
        return URI.create("http://localhost:" + adminPort);
    }

    /** From the start of the process to the first 204. */
    public Duration timeToReady() {
        return timeToReady;
    }

    public Path dataFolder() {
        return Path.of(environment.getOrDefault("DATA_DIR", ""));
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /** What it has written so far, both streams. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            return "";
        }
    }

    /** Waits until it ends by itself. Its exit code. */
    public int awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + limit + ":\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    /** SIGTERM, and waits for the end. */
    public int terminate() {
        process.destroy();
        return awaitEnd(Duration.ofSeconds(60));
    }

    /** kill -9: nothing is told, nothing is flushed. The database server lives on. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** Stops as an administrator does and starts again on the same data and ports. */
    public void restartGently() {
        terminate();
        restart();
    }

    /** Starts again on the same data and ports. */
    public void restart() {
        try {
            process = launch();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        awaitReady();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        stopLeftDatabase();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException gone) {
            // a folder in /tmp that stays is no fault of the program
        }
    }

    /** A killed program leaves its PostgreSQL running, for the next start to use. */
    private void stopLeftDatabase() {
        Path pidFile = dataFolder().resolve("postgres/data-18/postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        try {
            long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            String command = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
            if (command.contains(folder.toString())) {
                new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
                ProcessHandle.of(pid).ifPresent(left -> left.onExit()
                        .orTimeout(20, TimeUnit.SECONDS)
                        .exceptionally(late -> null)
                        .join());
            }
        } catch (IOException | RuntimeException gone) {
            // it ended in between
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }
}
