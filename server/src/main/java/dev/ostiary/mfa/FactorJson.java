package dev.ostiary.mfa;

import dev.ostiary.json.Discriminator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Wire shapes of {@code /api/users/{userId}/mfa-verifications}. */
final class FactorJson {
    private FactorJson() {}

    /** A second factor that an administrator can give; a passkey only its owner can make. */
    @Discriminator("type")
    sealed interface Create {}

    @Discriminator("Totp")
    record CreateTotp(Optional<String> secret) implements Create {}

    @Discriminator("BackupCode")
    record CreateBackupCodes(Optional<List<String>> codes) implements Create {}

    /** @param secretQrCode an image, as data URI */
    record NewTotp(String type, String secret, String secretQrCode) {}

    record NewBackupCodes(String type, List<String> codes) {}

    /** A second factor without what makes it work: keys and codes never leave. */
    record View(
            String id,
            String createdAt,
            Optional<String> lastUsedAt,
            String type,
            Optional<String> agent,
            Optional<String> name,
            Optional<Long> remainCodes) {

        static View of(JsonNode stored) {
            JsonNode codes = stored.path("codes");
            return new View(
                    stored.path("id").asString(""),
                    stored.path("createdAt").asString(""),
                    text(stored, "lastUsedAt"),
                    stored.path("type").asString(""),
                    text(stored, "agent"),
                    text(stored, "name"),
                    codes.isArray()
                            ? Optional.of(codes.valueStream()
                                    .filter(code -> !code.hasNonNull("usedAt"))
                                    .count())
                            : Optional.empty());
        }

        private static Optional<String> text(JsonNode stored, String key) {
            return stored.path(key).isString() ? Optional.of(stored.path(key).asString()) : Optional.empty();
        }
    }
}
