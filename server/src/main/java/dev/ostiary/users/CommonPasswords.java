package dev.ostiary.users;

import dev.ostiary.crypto.Hashes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * The common passwords of zxcvbn's dictionary, read from its jar when the first password is checked. Kept as the first
 * eight bytes of their hashes: a quarter of a megabyte instead of three.
 */
final class CommonPasswords implements BreachedPasswords {
    private static final String LIST = "com/nulabinc/zxcvbn/matchers/dictionaries/passwords.txt";

    /** Holds the list from its first use on. */
    private static final class Bundled {
        private static final CommonPasswords LIST = new CommonPasswords(read());
    }

    private final long[] hashes;

    private CommonPasswords(long[] hashes) {
        this.hashes = hashes;
    }

    static BreachedPasswords bundled() {
        return password -> Bundled.LIST.contains(password);
    }

    private static long[] read() {
        try (InputStream list = CommonPasswords.class.getClassLoader().getResourceAsStream(LIST)) {
            if (list == null) {
                throw new IllegalStateException("The list of common passwords is not on the class path");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8));
            LongStream hashes = lines.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .mapToLong(CommonPasswords::hash);
            return hashes.sorted().toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long hash(String password) {
        return ByteBuffer.wrap(Hashes.sha256(password)).getLong();
    }

    /** The list is in lower case; a capital letter at the front is the first thing a guesser tries. */
    @Override
    public boolean contains(String password) {
        return Arrays.binarySearch(hashes, hash(password.toLowerCase(Locale.ROOT))) >= 0;
    }

    int size() {
        return hashes.length;
    }

    static int bundledSize() {
        return Bundled.LIST.size();
    }
}
