package dev.ostiary.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHasherTest {
    private static final PasswordHasher HASHER = new PasswordHasher(new SecureRandom());
    private static final Secret PASSWORD = new Secret("correct horse");

    @AfterAll
    static void close() {
        HASHER.close();
    }

    private static boolean verify(String password, String algorithm, String digest) {
        return HASHER.verify(new Secret(password), new PasswordDigest(digest, algorithm));
    }

    @Test
    void a_new_password_is_Argon2id_with_nineteen_mebibytes_and_two_passes() {
        PasswordDigest digest = HASHER.hash(PASSWORD);
        assertThat(digest.algorithm()).isEqualTo("Argon2id");
        assertThat(digest.value())
                .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(HASHER.verify(PASSWORD, digest)).isTrue();
        assertThat(HASHER.verify(new Secret("correct horsf"), digest)).isFalse();
        assertThat(HASHER.needsRehash(digest)).isFalse();
        assertThat(HASHER.hash(PASSWORD)).isNotEqualTo(digest);
        assertThat(digest.toString()).doesNotContain("$");
    }

    @Test
    void the_native_library_is_used_where_it_is_bundled() {
        String platform = System.getProperty("os.name") + System.getProperty("os.arch");
        if (platform.equals("Linuxamd64")
                && !java.nio.file.Files.exists(java.nio.file.Path.of("/etc/alpine-release"))) {
            assertThat(HASHER.implementation()).isEqualTo("libsodium");
        }
    }

    @Test
    void both_implementations_compute_the_same() {
        NativeArgon2 library = NativeArgon2.load().orElse(null);
        org.junit.jupiter.api.Assumptions.assumeTrue(library != null);
        byte[] salt = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (Argon2 parameters : List.of(
                new Argon2(Argon2.Type.ARGON2ID, 19, 19456, 2, 1, salt, new byte[32]),
                new Argon2(Argon2.Type.ARGON2ID, 19, 64, 1, 1, salt, new byte[64]),
                new Argon2(Argon2.Type.ARGON2I, 19, 8192, 8, 1, salt, new byte[32]))) {
            for (byte[] password : List.of(new byte[0], PASSWORD.bytes(), new byte[1024])) {
                assertThat(library.hash(password, parameters)).isEqualTo(new JavaArgon2().hash(password, parameters));
            }
        }
    }

    /** Made with the reference programs of each format; the password is "password". */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MD5 | 5f4dcc3b5aa765d61d8327deb882cf99",
                "SHA1 | 5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8",
                "SHA256 | 5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
                "Argon2i | $argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA",
                "Argon2id | $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "Argon2id | $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
                "Argon2i | $argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY",
                "Argon2i | $argon2i$m=256,t=2,p=2$c29tZXNhbHQ$tsEVYKap1h6scGt5ovl9aLRGOqOth+AMB+KwHpDFZPs",
            })
    void every_stored_format_verifies(String algorithm, String digest) {
        assertThat(verify("password", algorithm, digest)).isTrue();
        assertThat(verify("Password", algorithm, digest)).isFalse();
        assertThat(verify("", algorithm, digest)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
            })
    void bcrypt_verifies_in_its_three_spellings(String digest) {
        assertThat(verify("U*U", "Bcrypt", digest)).isTrue();
        assertThat(verify("U*V", "Bcrypt", digest)).isFalse();
    }

    /** The firebase line is the published example of that format. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "password | [\"md5\",[\"@\"],\"5f4dcc3b5aa765d61d8327deb882cf99\"]",
                "password | [\"sha256\",[\"salt\",\"@\"],\"13601bda4ea78e55a07b98866d2be6be0744e3866f13c00c811cab608a28f322\"]",
                "password | [\"ripemd160\",[\"@\"],\"2c08e8f5884750a7b99f6f2f342fc638db25ff31\"]",
                "password | [\"pbkdf2\",[\"salt\",\"4096\",\"20\",\"sha1\",\"@\"],\"4b007901b765489abead49d926f721d065a429c1\"]",
                "password | [\"pbkdf2Sync\",[\"hex:73616c74\",4096,20,\"SHA1\",\"@\"],\"4b007901b765489abead49d926f721d065a429c1\"]",
                "user1password | [\"firebase-scrypt\",[\"42xEC+ixf3L2lw==\",\"jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==\",\"Bw==\",\"8\",\"14\",\"@\"],\"lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==\"]",
            })
    void legacy_digests_verify(String password, String digest) throws UnusableDigestException {
        assertThat(HASHER.verify(new Secret(password), PasswordDigest.imported(digest, "Legacy")))
                .isTrue();
        assertThat(verify(password + "x", "Legacy", digest)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Legacy | LEGACY_FORMAT | {}",
                "Legacy | LEGACY_FORMAT | [\"md5\",[\"x\"],\"00\"]",
                "Legacy | LEGACY_FORMAT | [\"md5\",[\"@\"]]",
                "Legacy | LEGACY_FORMAT | [\"pbkdf2\",[\"salt\",\"1\",\"0\",\"sha1\",\"@\"],\"00\"]",
                "Legacy | LEGACY_FORMAT | [\"pbkdf2\",[\"salt\",\"x\",\"20\",\"sha1\",\"@\"],\"00\"]",
                "Legacy | LEGACY_FORMAT | [\"md5\",[\"@\"],\"\"]",
                "Legacy | LEGACY_ALGORITHM | [\"rot13\",[\"@\"],\"00\"]",
                "Legacy | TOO_COSTLY | [\"pbkdf2\",[\"salt\",\"2000000000\",\"20\",\"sha1\",\"@\"],\"00\"]",
                "Legacy | TOO_COSTLY | [\"firebase-scrypt\",[\"AA==\",\"AA==\",\"AA==\",\"8\",\"20\",\"@\"],\"AA==\"]",
                "Argon2id | TOO_COSTLY | $argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8",
                "Argon2id | TOO_COSTLY | $argon2id$v=19$m=4294967296,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8",
                "Argon2i | TOO_COSTLY | $argon2i$v=19$m=65536,t=1000000,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8",
                "Argon2d | TOO_COSTLY | $argon2d$v=19$m=65536,t=2,p=16777215$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8",
                "Bcrypt | TOO_COSTLY | $2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "Bcrypt | UNSUPPORTED_METHOD | ~~",
                "Rot13 | UNSUPPORTED_METHOD | x",
            })
    void DO4_an_import_that_could_stop_the_server_or_never_verify_is_refused(
            String algorithm, UnusableDigestException.Reason reason, String digest) {
        UnusableDigestException refusal =
                catchThrowableOfType(UnusableDigestException.class, () -> PasswordDigest.imported(digest, algorithm));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
        long start = System.nanoTime();
        assertThat(verify("password", algorithm, digest)).isFalse();
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Argon2id", "Bcrypt", "MD5", "SHA256"})
    void a_malformed_digest_can_be_imported_and_fails_at_sign_in(String algorithm) throws UnusableDigestException {
        PasswordDigest digest = PasswordDigest.imported("$nonsense$", algorithm);
        assertThat(HASHER.verify(PASSWORD, digest)).isFalse();
        assertThat(HASHER.needsRehash(digest)).isTrue();
    }

    @Property(tries = 300)
    void no_text_breaks_the_readers_of_digests(@ForAll String text) {
        Argon2.parse(text);
        Argon2.parse("$argon2id$v=19$m=" + text);
        Bcrypt.verify(new byte[0], "$2a$05$" + text);
        for (String json : List.of(text, "[" + text + "]", "[\"md5\",[\"@\"],\"" + text + "\"]")) {
            try {
                LegacyDigest.parse(json).verify(new byte[] {1});
            } catch (UnusableDigestException refused) {
                assertThat(refused.reason()).isNotNull();
            }
        }
    }

    @Test
    void a_password_of_256_emoji_is_hashed_and_one_more_is_refused_unhashed() {
        Secret longest = new Secret("\uD83D\uDD11".repeat(256));
        Secret longer = new Secret("\uD83D\uDD11".repeat(257));
        PasswordDigest digest = HASHER.hash(longest);
        assertThat(HASHER.verify(longest, digest)).isTrue();
        assertThat(HASHER.verify(longer, digest)).isFalse();
        assertThatThrownBy(() -> HASHER.hash(longer)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HASHER.hash(new Secret("a".repeat(10_000_000))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Tag("stopwatch")
    @Test
    void SI5_a_refusal_takes_the_same_time_whoever_asks() {
        PasswordDigest argon2id = HASHER.hash(PASSWORD);
        Secret wrong = new Secret("wrong");
        List<Runnable> refusals = List.of(
                () -> HASHER.verify(wrong, argon2id),
                () -> HASHER.verifyDecoy(wrong),
                () -> HASHER.verify(wrong, new PasswordDigest("5f4dcc3b5aa765d61d8327deb882cf99", "MD5")),
                () -> HASHER.verify(wrong, new PasswordDigest("$broken$", "Argon2id")),
                () -> HASHER.verify(wrong, new PasswordDigest("[\"md5\",[\"@\"],\"00\"]", "Legacy")));
        // Whoever is told apart is told apart each time; what the machine does meanwhile is not there each time.
        double[] ratios = {};
        for (int attempt = 0; attempt < 8; attempt++) {
            ratios = againstTheFirst(refusals);
            if (Arrays.stream(ratios).allMatch(ratio -> ratio > 0.75 && ratio < 1.33)) {
                return;
            }
        }
        for (double ratio : ratios) {
            assertThat(ratio).isBetween(0.75, 1.33);
        }
    }

    /** By the quickest of ten: that is what is left when the machine's noise is taken away. */
    private static double[] againstTheFirst(List<Runnable> kinds) {
        long[] quickest = new long[kinds.size()];
        Arrays.fill(quickest, Long.MAX_VALUE);
        for (int round = 0; round < 10; round++) {
            for (int kind = 0; kind < quickest.length; kind++) {
                long start = System.nanoTime();
                kinds.get(kind).run();
                quickest[kind] = Math.min(quickest[kind], System.nanoTime() - start);
            }
        }
        return Arrays.stream(quickest)
                .mapToDouble(time -> (double) time / quickest[0])
                .toArray();
    }

    @Test
    void DO4_a_flood_is_refused_at_once_and_the_others_are_served() throws Exception {
        PasswordDigest digest = HASHER.hash(PASSWORD);
        try (PasswordHasher one = new PasswordHasher(new SecureRandom(), 1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(threads.submit(() -> {
                    try {
                        return one.verify(PASSWORD, digest);
                    } catch (HashingOverloadedException full) {
                        return false;
                    }
                }));
            }
            int served = 0;
            for (Future<Boolean> answer : answers) {
                served += answer.get() ? 1 : 0;
            }
            assertThat(served).isBetween(64, 99);
            assertThat(one.verify(PASSWORD, digest)).isTrue();
        }
    }
}
