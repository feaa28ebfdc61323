package dev.ostiary.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Argon2 of libsodium, called through {@code java.lang.foreign}. It chooses AVX-512, AVX2 or SSSE3 code when it runs and
 * takes half the CPU time of Bouncy Castle; {@code docs/decisions/0002-password-hashing.md} has the figures. The binary
 * comes with lazysodium's jar, whose JNA binding is not used.
 */
final class NativeArgon2 {
    private static final int ARGON2I13 = 1;
    private static final int ARGON2ID13 = 2;

    /** Argon2id of "ostiary" with the salt "0123456789abcdef", 8 KiB, one pass: what a sound binary answers. */
    private static final String KNOWN_ANSWER = "bf559e4841031a89da7310085612164f3b65c71f8d739cdb8e7843c089638fb6";

    private final MethodHandle pwhash;

    private NativeArgon2(MethodHandle pwhash) {
        this.pwhash = pwhash;
    }

    /** Empty where there is no binary for this platform, or it cannot be loaded, or it computes something else. */
    static Optional<NativeArgon2> load() {
        try {
            Linker linker = Linker.nativeLinker();
            SymbolLookup library = library();
            MethodHandle init =
                    linker.downcallHandle(library.findOrThrow("sodium_init"), FunctionDescriptor.of(JAVA_INT));
            if ((int) init.invokeExact() < 0) {
                return Optional.empty();
            }
            FunctionDescriptor signature = FunctionDescriptor.of(
                    JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT);
            MethodHandle pwhash = linker.downcallHandle(library.findOrThrow("crypto_pwhash"), signature);
            return Optional.of(new NativeArgon2(pwhash)).filter(NativeArgon2::answersAsKnown);
        } catch (Throwable unavailable) {
            // Also errors: a class path without the jar, a folder mounted noexec, a libc that does not fit.
            return Optional.empty();
        }
    }

    private static SymbolLookup library() throws IOException {
        String resource = resource();
        try (InputStream binary = NativeArgon2.class.getClassLoader().getResourceAsStream(resource)) {
            if (binary == null) {
                throw new IOException("No " + resource);
            }
            // A name nobody can foresee and only we may write to: another user of the machine must not be able to put
            // a library of his own there first.
            Path file = Files.createTempFile("ostiary-", resource.substring(resource.lastIndexOf('.')));
            try {
                Files.copy(binary, file, StandardCopyOption.REPLACE_EXISTING);
                return SymbolLookup.libraryLookup(file, Arena.global());
            } finally {
                deleteIfPossible(file);
            }
        }
    }

    private static void deleteIfPossible(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException inUse) {
            // Windows keeps a loaded library open.
            file.toFile().deleteOnExit();
        }
    }

    private static String resource() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        if (os.startsWith("mac")) {
            return arm ? "mac_arm/libsodium.dylib" : "mac/libsodium.dylib";
        }
        if (os.startsWith("windows")) {
            return "windows64/libsodium.dll";
        }
        return arm ? "arm64/libsodium.so" : "linux64/libsodium.so";
    }

    private boolean answersAsKnown() {
        byte[] salt = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        Argon2 smallest = new Argon2(Argon2.Type.ARGON2ID, 19, 8, 1, 1, salt, new byte[32]);
        byte[] hash = hash("ostiary".getBytes(StandardCharsets.US_ASCII), smallest);
        return Arrays.equals(hash, HexFormat.of().parseHex(KNOWN_ANSWER));
    }

    /** libsodium offers one lane, salts of 16 bytes, and Argon2i only with three passes or more. */
    boolean supports(Argon2 parameters) {
        return parameters.version() == 19
                && parameters.lanes() == 1
                && parameters.salt().length == 16
                && parameters.hash().length >= 16
                && (parameters.type() == Argon2.Type.ARGON2ID
                        || (parameters.type() == Argon2.Type.ARGON2I && parameters.passes() >= 3));
    }

    /** As many bytes as {@code parameters.hash()} has. */
    byte[] hash(byte[] password, Argon2 parameters) {
        int type = parameters.type() == Argon2.Type.ARGON2ID ? ARGON2ID13 : ARGON2I13;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(parameters.hash().length);
            MemorySegment secret = arena.allocate(Math.max(1, password.length));
            MemorySegment.copy(password, 0, secret, JAVA_BYTE, 0, password.length);
            MemorySegment salt = arena.allocateFrom(JAVA_BYTE, parameters.salt());
            int failed = (int) pwhash.invokeExact(
                    out,
                    out.byteSize(),
                    secret,
                    (long) password.length,
                    salt,
                    parameters.passes(),
                    parameters.memory() * 1024,
                    type);
            secret.fill((byte) 0);
            if (failed != 0) {
                // The one reason libsodium has: no memory.
                throw new HashingOverloadedException();
            }
            return out.toArray(JAVA_BYTE);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("libsodium could not be called", e);
        }
    }
}
