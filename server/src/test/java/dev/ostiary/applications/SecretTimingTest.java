package dev.ostiary.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.applications.ApplicationSecret.Verdict;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a comparison takes tells nothing of how far a guess is right; a smoke test, for clocks are not exact. */
@Tag("stopwatch")
class SecretTimingTest {
    private static final String SECRET = "0123456789abcdefghijklmnopqrstuv";
    private static final int ROUNDS = 4_000;

    private final Application application = new Application(
            "a",
            "A",
            null,
            ApplicationType.TRADITIONAL,
            OidcClientMetadata.NONE,
            CustomClientMetadata.DEFAULTS,
            Json.object(),
            null,
            false,
            false,
            List.of(
                    new ApplicationSecret("first", Hashes.sha256("another"), null),
                    new ApplicationSecret("second", Hashes.sha256(SECRET), null)),
            Instant.EPOCH,
            ApplicationSource.TENANT);

    @Test
    void a_guess_that_begins_right_takes_as_long_as_one_that_does_not_CA3() {
        String far = "x" + SECRET.substring(1);
        String near = SECRET.substring(0, 31) + "x";
        double ratio = 0;
        for (int attempt = 0; attempt < 8; attempt++) {
            ratio = ratio(far, near);
            if (ratio > 0.9 && ratio < 1.1) {
                return;
            }
        }
        assertThat(ratio).isBetween(0.9, 1.1);
    }

    private double ratio(String far, String near) {
        long[] ofFar = new long[ROUNDS];
        long[] ofNear = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            ofFar[i] = time(far);
            ofNear[i] = time(near);
        }
        Arrays.sort(ofFar);
        Arrays.sort(ofNear);
        return (double) ofFar[ROUNDS / 2] / ofNear[ROUNDS / 2];
    }

    private long time(String guess) {
        long start = System.nanoTime();
        Verdict verdict = Verdict.ACCEPTED;
        for (int i = 0; i < 20; i++) {
            verdict = application.check(guess, Instant.EPOCH);
        }
        long taken = System.nanoTime() - start;
        assertThat(verdict).isEqualTo(Verdict.WRONG);
        return taken;
    }
}
