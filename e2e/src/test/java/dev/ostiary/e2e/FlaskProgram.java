package dev.ostiary.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Flask program of {@code e2e/flask} as a process, with the package from PyPI. */
public final class FlaskProgram implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    private final int port;
    private final Path log;
    private Process process;

    private FlaskProgram(int port, Path log) {
        this.port = port;
        this.log = log;
    }

    /** Address of the program on that port, with a trailing slash. */
    public static String home(int port) {
        return "http://localhost:" + port + "/";
    }

    /** The program of the quickstart. */
    public static FlaskProgram start(int port, URI endpoint, String appId, String appSecret) {
        return start("app.py", port, application(port, endpoint, appId, appSecret));
    }

    /** One of the programs in {@code e2e/flask}, which finds its port in {@code PORT}. */
    static FlaskProgram start(String script, int port, Map<String, String> environment) {
        try {
            FlaskProgram program = new FlaskProgram(port, Files.createTempFile("flask-", ".log"));
            Map<String, String> all = new HashMap<>(environment);
            all.put("PORT", Integer.toString(port));
            program.launch(
                    List.of(Program.ROOT.resolve("e2e/flask").resolve(script).toString()), all);
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a program needs to be that application. */
    static Map<String, String> application(int port, URI endpoint, String appId, String appSecret) {
        return Map.of(
                "HOME_URL",
                home(port),
                "FLASK_SECRET",
                "not-a-secret-of-anybody",
                "COOKIE_NAME",
                "session-" + port,
                "LOGTO_ENDPOINT",
                endpoint.toString().replaceAll("/$", ""),
                "LOGTO_APP_ID",
                appId,
                "LOGTO_APP_SECRET",
                appSecret);
    }

    /** Runs a program text as the guide of the console says: {@code flask --app app run}. */
    public static FlaskProgram run(String code, int port) {
        try {
            Path folder = Files.createTempDirectory("flask-");
            Path app = Files.writeString(folder.resolve("app.py"), code);
            FlaskProgram program = new FlaskProgram(port, Files.createTempFile("flask-", ".log"));
            program.launch(
                    List.of("-m", "flask", "--app", app.toString(), "run", "--port", Integer.toString(port)), Map.of());
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Python with the packages of {@code e2e/requirements.txt}. */
    static String python() {
        return System.getenv()
                .getOrDefault(
                        "OSTIARY_PYTHON",
                        Program.ROOT.resolve(".local/venv/bin/python").toString());
    }

    private void launch(List<String> arguments, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(python());
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        long end = System.nanoTime() + READY_LIMIT.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("the Flask program does not answer:\n" + log());
            }
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException nobody) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
    }

    public String home() {
        return home(port);
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(log);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
