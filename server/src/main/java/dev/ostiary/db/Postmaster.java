package dev.ostiary.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What postmaster.pid tells of the server of one cluster: line 1 the process, 4 the port, 8 the state.
 *
 * <p>The number alone proves nothing: process numbers repeat after a restart of the machine or container, and a dead
 * process nobody waited for keeps its number. A server is ours if that process was started with {@code -D} and our folder.
 */
record Postmaster(long pid, int port, boolean ready) {

    static Optional<Postmaster> read(Path cluster) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file(cluster), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        try {
            long pid = Long.parseLong(lines.getFirst().strip());
            int port = lines.size() > 3 ? Integer.parseInt(lines.get(3).strip()) : 0;
            boolean ready = lines.size() > 7 && lines.get(7).strip().equals("ready");
            return Optional.of(new Postmaster(pid, port, ready));
        } catch (RuntimeException halfWritten) {
            return Optional.of(new Postmaster(0, 0, false));
        }
    }

    /** The running server of this folder, whatever its state. */
    static Optional<Postmaster> running(Path cluster) throws IOException {
        return read(cluster).filter(found -> found.serves(cluster));
    }

    static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    boolean isAlive() {
        return pid > 0 && ProcessHandle.of(pid).isPresent();
    }

    boolean serves(Path cluster) {
        if (pid <= 0) {
            return false;
        }
        List<String> command = command();
        int at = command.indexOf("-D");
        return at > 0
                && at + 1 < command.size()
                && command.get(0).endsWith("postgres")
                && command.get(at + 1).equals(cluster.toString());
    }

    private List<String> command() {
        Path linux = Path.of("/proc", Long.toString(pid), "cmdline");
        if (Files.isDirectory(Path.of("/proc/self"))) {
            try {
                return Arrays.asList(
                        Files.readString(linux, StandardCharsets.UTF_8).split("\0"));
            } catch (IOException gone) {
                return List.of();
            }
        }
        return ProcessHandle.of(pid)
                .map(ProcessHandle::info)
                .flatMap(info -> info.command()
                        .flatMap(command -> info.arguments().map(arguments -> {
                            String[] all = new String[arguments.length + 1];
                            all[0] = command;
                            System.arraycopy(arguments, 0, all, 1, arguments.length);
                            return List.of(all);
                        })))
                .orElse(List.of());
    }
}
