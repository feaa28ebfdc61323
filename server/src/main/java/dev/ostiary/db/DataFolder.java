package dev.ostiary.db;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder that holds the data: opened by one program at a time. Two programs on one folder would share one database
 * server, and the first to stop would stop it under the other.
 */
final class DataFolder implements AutoCloseable {
    /** Closing any descriptor of a file drops the process's POSIX lock on it, so this process must not open it twice. */
    private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static DataFolder open(Path wanted) throws StartFailure {
        try {
            create(wanted.toAbsolutePath());
            Path real = wanted.toRealPath();
            refuseUnusablePath(real);
            if (!OPEN_HERE.add(real)) {
                throw openedByAnother(real);
            }
            try {
                return new DataFolder(real, lock(real));
            } catch (IOException | RuntimeException fault) {
                OPEN_HERE.remove(real);
                throw fault;
            }
        } catch (FileAlreadyExistsException fault) {
            throw new StartFailure(
                    "The data folder " + wanted + " is a file, not a folder. Set DATA_DIR to a folder.", fault);
        } catch (IOException fault) {
            throw StartFailure.about(wanted.toAbsolutePath(), fault);
        }
    }

    /** Closed to others is the folder alone, not those above it. */
    private static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    Path path() {
        return path;
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    Path lockFile() {
        return path.resolve("ostiary.lock");
    }

    private static FileChannel lock(Path real) throws IOException {
        FileChannel channel = FileChannel.open(
                real.resolve("ostiary.lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        if (channel.tryLock() == null) {
            channel.close();
            throw openedByAnother(real);
        }
        return channel;
    }

    private static StartFailure openedByAnother(Path real) {
        return new StartFailure("The data folder " + real
                + " is in use by another running Ostiary. Stop that one, set DATA_DIR to another folder,"
                + " or give both nodes the same DB_URL.");
    }

    /** pg_ctl puts the path between double quotes of a shell command and escapes nothing. */
    private static void refuseUnusablePath(Path real) throws StartFailure {
        if (real.toString().chars().anyMatch(c -> c < ' ' || "\"$`\\".indexOf(c) >= 0)) {
            throw new StartFailure("The path of the data folder " + real
                    + " contains a character PostgreSQL cannot be started with (a quote, $, ` or \\)."
                    + " Set DATA_DIR to another folder.");
        }
    }

    /** Reads the secret kept in this file, or makes one: 48 hexadecimal digits, readable by its owner only. */
    static String secret(Path file) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        return newSecret();
    }

    static String newSecret() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** The file is either whole and on the disk, or not there. */
    static void keep(Path file, String secret) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        try (FileChannel out = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException alreadyGone) {
            // the lock ends with the process at the latest
        } finally {
            OPEN_HERE.remove(path);
        }
    }
}
