package dev.ostiary.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another program that a test needs beside ours. Its log stays in {@code e2e/target/logs}. */
final class Companion implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final Process process;
    private final Path log;

    private Companion(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Companion start(String name, Path folder, List<String> command, Map<String, String> environment) {
        try {
            Path logs = Files.createDirectories(Program.ROOT.resolve("e2e/target/logs"));
            Path log = Files.createTempFile(logs, name + "-", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(variable -> !variable.equals("PATH") && !variable.equals("HOME"));
            builder.environment().putAll(environment);
            Companion companion = new Companion(builder.start(), log);
            // a test run that is cut short leaves nothing behind
            Runtime.getRuntime().addShutdownHook(new Thread(companion::end));
            return companion;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Runs a command to its end, which has to be a good one. What it has said. */
    static String run(String name, Path folder, String command, Map<String, String> environment) {
        try (Companion companion = start(name, folder, List.of(command.split(" ")), environment)) {
            if (!companion.process.waitFor(3, TimeUnit.MINUTES) || companion.process.exitValue() != 0) {
                throw new AssertionError(command + " failed:\n" + companion.log());
            }
            return companion.log();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    /** Waits until the address answers 200. */
    void await(URI address, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!answers(address)) {
            if (!process.isAlive()) {
                throw new AssertionError("it ended with " + process.exitValue() + ":\n" + log());
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("no answer from " + address + " after " + limit + ":\n" + log());
            }
            Program.pause(Duration.ofMillis(100));
        }
    }

    private static boolean answers(URI address) {
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException nobody) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException gone) {
            return gone.toString();
        }
    }

    /** Ends the process and those it started. */
    private void end() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        end();
    }
}
