package dev.ostiary.db;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the jar on the class path that carries them for this platform. */
final class PostgresBinaries {
    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /** Unpacks into a folder under {@code parent} named after the archive's checksum, unless it is there already. */
    static PostgresBinaries unpack(Path parent) throws IOException {
        String archive = "postgres-" + platform() + ".txz";
        URL url = PostgresBinaries.class.getClassLoader().getResource(archive);
        if (url == null) {
            throw unsupported();
        }
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        Path folder = parent.resolve("programs-" + fingerprint(connection));
        if (!Files.isDirectory(folder)) {
            try (InputStream in = connection.getInputStream()) {
                unpack(in, folder);
            }
        }
        return new PostgresBinaries(folder);
    }

    private static String platform() throws StartFailure {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String family = os.contains("linux") ? "linux" : os.contains("mac") ? "darwin" : "";
        String processor =
                switch (arch) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> "";
                };
        if (family.isEmpty() || processor.isEmpty()) {
            throw unsupported();
        }
        return family + "-" + processor;
    }

    private static StartFailure unsupported() {
        return new StartFailure("This build carries no PostgreSQL for " + System.getProperty("os.name") + " on "
                + System.getProperty("os.arch") + ". Set DB_URL to a PostgreSQL 15 or newer.");
    }

    /** The checksum in the jar's directory: it names the content and costs nothing to read. */
    private static String fingerprint(URLConnection connection) throws IOException {
        if (connection instanceof JarURLConnection jar) {
            return Long.toHexString(jar.getJarEntry().getCrc());
        }
        return Long.toHexString(connection.getContentLengthLong());
    }

    /** Unpacks beside the goal and renames: a folder with the final name is whole. */
    private static void unpack(InputStream in, Path goal) throws IOException {
        Path parent = goal.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path draft = Files.createTempDirectory(parent, "unpacking-");
        try {
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in, 1 << 16)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, draft);
                }
            }
            Files.move(draft, goal, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException impossible) {
            throw impossible;
        } catch (FileSystemException fault) {
            if (!Files.isDirectory(goal)) { // else another program unpacked the same at the same time
                throw fault;
            }
        } finally {
            delete(draft);
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        String name = entry.getName();
        if (name.endsWith(".a") || name.startsWith("include/") || name.contains("/pkgconfig/")) {
            return; // for compiling against PostgreSQL only
        }
        Path file = inside(root, root.resolve(name));
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            inside(root, file.resolveSibling(entry.getLinkName()));
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(tar, file);
            boolean executable = (entry.getMode() & 0111) != 0;
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static Path inside(Path root, Path file) throws IOException {
        Path normal = file.normalize();
        if (!normal.startsWith(root)) {
            throw new IOException("An entry of the PostgreSQL archive leads outside it: " + file);
        }
        return normal;
    }

    /** Deletes a folder and what is in it; a folder that is not there is fine. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException fault) {
                    throw new UncheckedIOException(fault);
                }
            });
        } catch (UncheckedIOException fault) {
            throw fault.getCause();
        }
    }
}
