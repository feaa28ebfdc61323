package dev.ostiary.db;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of one database cluster and the programs that make, start and stop its server. */
final class PostgresCluster {
    private static final String MAJOR = "18";
    private static final Duration START_LIMIT = Duration.ofMinutes(5); // recovery after a crash may take long
    private static final long LOG_LIMIT = 10L << 20;

    /** Small while idle; what must not be negotiable is on the command line instead, where it beats every file. */
    private static final List<String> DEFAULTS = List.of(
            "shared_buffers=64MB",
            "max_connections=100",
            "work_mem=8MB",
            "maintenance_work_mem=64MB",
            "effective_cache_size=512MB",
            "random_page_cost=1.1",
            // At 512 MB there is a checkpoint every 30 s under load, and 95 % of what is written are whole pages after
            // each.
            "max_wal_size=2GB",
            "wal_buffers=4MB",
            "max_worker_processes=4",
            "max_parallel_workers=2",
            "max_wal_senders=2",
            "autovacuum_max_workers=2",
            "autovacuum_naptime=15s", // plans are made anew when it has counted: codes and tokens come quickly
            "io_workers=1",
            "jit=off",
            "log_min_messages=warning",
            "log_checkpoints=off",
            "timezone=UTC",
            "log_timezone=UTC");

    private final DataFolder data;
    private final Path folder;
    private final PostgresBinaries binaries;
    private final PostgresUser user;

    PostgresCluster(DataFolder data, PostgresBinaries binaries, PostgresUser user) {
        this.data = data;
        this.folder = data.postgres().resolve("data-" + MAJOR);
        this.binaries = binaries;
        this.user = user;
    }

    Path superuserPassword() {
        return data.postgres().resolve("superuser.password");
    }

    private Path log() {
        return data.postgres().resolve("postgres.log");
    }

    /** Makes the cluster if there is none. Made beside its place and renamed: one in its place is whole. */
    void create() throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path draft = data.postgres().resolve("data-new");
        PostgresBinaries.delete(draft);
        Path password = superuserPassword();
        DataFolder.keep(password, DataFolder.secret(password));
        user.own(password);
        List<String> command = new ArrayList<>(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + draft,
                "--username=postgres",
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums"));
        DEFAULTS.forEach(setting -> command.add("--set=" + setting));
        PostgresUser.Result made = user.run(data.postgres(), command);
        if (made.exit() != 0) {
            PostgresBinaries.delete(draft);
            throw failure("could not be created", made.output());
        }
        Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A server that outlived its program (killed, crashed) goes on serving: nothing has to be recovered. */
    Optional<Postmaster> findRunning() throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        Optional<Postmaster> found = Postmaster.running(folder);
        while (found.isPresent() && !found.get().ready() && System.nanoTime() < end) {
            pause(20); // starting or stopping: wait for the one or the other
            found = Postmaster.running(folder);
        }
        return found;
    }

    /** Starts the server on this port, or on a free one if 0. */
    Postmaster start(int port) throws IOException {
        for (int attempt = 1; ; attempt++) {
            forgetForeignProcess();
            rotateLog();
            long logged = Files.exists(log()) ? Files.size(log()) : 0;
            Optional<Postmaster> started = tryStart(port == 0 ? freePort() : port);
            if (started.isPresent()) {
                return started.get();
            }
            String said = logSince(logged);
            // the port was taken in between, or backends of a killed server are still leaving
            boolean passing = said.contains("could not create any TCP/IP sockets")
                    || said.contains("pre-existing shared memory block");
            if (!passing || attempt == 10) {
                throw failure("did not start", said);
            }
            pause(200);
        }
    }

    private Optional<Postmaster> tryStart(int port) throws IOException {
        String options = "-p " + port
                + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                + " -c fsync=on -c synchronous_commit=on -c full_page_writes=on";
        Process control = user.launch(
                data.postgres(),
                List.of(
                        binaries.program("pg_ctl").toString(),
                        "start",
                        "--wait",
                        "--timeout=" + START_LIMIT.toSeconds(),
                        "--pgdata=" + folder,
                        "--log=" + log(),
                        "--options=" + options));
        // pg_ctl looks ten times a second; looking ourselves saves the better part of that
        while (true) {
            boolean ended = !control.isAlive();
            Optional<Postmaster> running = Postmaster.running(folder).filter(Postmaster::ready);
            if (running.isPresent()) {
                return running;
            }
            if (ended) {
                return Optional.empty();
            }
            pause(3);
        }
    }

    /** Stops at once but cleanly: open transactions are rolled back. */
    void stop() throws IOException {
        PostgresUser.Result stopped = user.run(
                data.postgres(),
                List.of(
                        binaries.program("pg_ctl").toString(),
                        "stop",
                        "--mode=fast",
                        "--wait",
                        "--timeout=60",
                        "--pgdata=" + folder));
        if (stopped.exit() != 0 && Postmaster.running(folder).isPresent()) {
            throw new IOException("PostgreSQL did not stop: " + stopped.output());
        }
    }

    boolean isRunning() throws IOException {
        return Postmaster.running(folder).isPresent();
    }

    /**
     * A pid file that names a living process which is not our server keeps PostgreSQL from starting. Left-over server
     * processes are still noticed without it: the shared memory is found by the folder's inode.
     */
    private void forgetForeignProcess() throws IOException {
        Optional<Postmaster> named = Postmaster.read(folder);
        if (named.isPresent() && named.get().isAlive() && !named.get().serves(folder)) {
            Files.deleteIfExists(Postmaster.file(folder));
        }
    }

    void refuseOtherVersion() throws IOException {
        Path version = folder.resolve("PG_VERSION");
        String found = Files.exists(version) ? Files.readString(version).strip() : "";
        if (!found.equals(MAJOR)) {
            throw new StartFailure("The database in " + folder + " was written by PostgreSQL "
                    + (found.isEmpty() ? "of an unknown version" : found) + ", and this program brings PostgreSQL "
                    + MAJOR + ". Start the program that wrote it, or set DATA_DIR to another folder.");
        }
    }

    private StartFailure failure(String what, String said) {
        if (StartFailure.isDiskFull(said)) {
            return StartFailure.diskFull(data.path(), new IOException(said));
        }
        // after stepping down from root, libraries in a closed folder are "not found"
        if (said.contains("Permission denied") || (user.steppedDown() && said.contains("shared libraries"))) {
            return new StartFailure(
                    "PostgreSQL cannot use the data folder " + data.path()
                            + ": it, or a folder above it, is closed to the user PostgreSQL runs as."
                            + " Set DATA_DIR to another folder, or start the program as an ordinary user.",
                    new IOException(said));
        }
        String last = said.lines()
                .map(String::strip)
                .filter(line -> line.contains("FATAL") || line.contains("PANIC") || line.contains("error"))
                .reduce((first, second) -> second)
                .orElse(said.strip().lines().reduce((first, second) -> second).orElse("no reason given"));
        return new StartFailure(
                "The embedded PostgreSQL " + what + ": " + last + " (see " + log() + ").", new IOException(said));
    }

    private void rotateLog() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LOG_LIMIT) {
            Files.move(log(), log().resolveSibling("postgres.log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String logSince(long position) throws IOException {
        if (!Files.exists(log())) {
            return "";
        }
        try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "r")) {
            file.seek(Math.max(position, file.length() - 64_000));
            byte[] bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while PostgreSQL was starting", stop);
        }
    }
}
