package dev.ostiary.app;

import dev.ostiary.crypto.Sealer;
import dev.ostiary.crypto.Secret;
import dev.ostiary.db.Database;
import dev.ostiary.db.StartFailure;
import dev.ostiary.tenants.TenantSettings;
import dev.ostiary.tenants.Tenants;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;

/** The key-encryption key: from the configuration, or made at the first start and kept beside the data. */
final class Vault {
    private static final String FINGERPRINT = "kek-fingerprint";

    private Vault() {}

    static Sealer open(Optional<Secret> configured, Path dataDir) throws StartFailure {
        String base64 = configured.isPresent() ? configured.get().reveal() : fromFile(dataDir.resolve("kek"));
        return Sealer.fromKek(Base64.getDecoder().decode(base64));
    }

    /** Refuses a database whose secrets another key has sealed: every sign-in would fail later, one by one. */
    static void check(Sealer sealer, Database database) throws StartFailure {
        String known = database.write(Tenants.ADMIN, tx -> {
            TenantSettings.putIfAbsent(tx, FINGERPRINT, sealer.fingerprint());
            return TenantSettings.find(tx, FINGERPRINT, String.class).orElseThrow();
        });
        if (!known.equals(sealer.fingerprint())) {
            throw new StartFailure("The secrets in this database were sealed with another key. "
                    + "Set SECRET_VAULT_KEK to the key that this database was started with first"
                    + " (without that setting it is in the file kek of its DATA_DIR).");
        }
    }

    private static String fromFile(Path file) throws StartFailure {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                create(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartFailure("Cannot read or write " + file + ": " + e.getMessage(), e);
        }
    }

    private static void create(Path file) throws IOException {
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "kek",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var channel = java.nio.channels.FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(Base64.getEncoder().encode(Sealer.newKek())));
            channel.force(true);
        }
        try {
            // A link is made whole or not at all, and not over one that another process made meanwhile.
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // the other one is used
        } finally {
            Files.delete(fresh);
        }
    }
}
