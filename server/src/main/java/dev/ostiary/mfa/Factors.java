package dev.ostiary.mfa;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.json.Json;
import dev.ostiary.users.User;
import dev.ostiary.users.Users;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The door to second factors. Each change locks its user, so of two at once one sees what the other did. */
public final class Factors {
    static final String TOTP = "Totp";
    static final String BACKUP_CODE = "BackupCode";

    private static final int BACKUP_CODES = 10;
    private static final Pattern BACKUP_CODE_FORM = Pattern.compile("[0-9a-f]{10}");

    private final Users users;
    private final Sealer sealer;
    private final Ids ids;
    private final Clock clock;

    public Factors(Users users, Sealer sealer, Ids ids, Clock clock) {
        this.users = users;
        this.sealer = sealer;
        this.ids = ids;
        this.clock = clock;
    }

    /** @throws AppException 404 for an unknown user */
    User user(Tx tx, String userId) {
        return users.get(tx, userId);
    }

    /**
     * Gives the user an authenticator app.
     *
     * @param imported the key it has already; else a new one is made
     * @throws AppException 422 {@code user.totp_already_in_use}, {@code user.totp_secret_invalid}
     */
    TotpSecret addTotp(Tx tx, String userId, Optional<String> imported) {
        User user = users.lock(tx, userId);
        TotpSecret secret =
                imported.map(TotpSecret::imported).orElseGet(() -> TotpSecret.of(ids.bytes(TotpSecret.BYTES)));
        if (has(user, TOTP)) {
            throw FactorError.TOTP_ALREADY_IN_USE.exception();
        }
        ObjectNode factor = factor(TOTP);
        factor.put("key", seal(tx, userId, factor, secret.base32()));
        add(tx, user, factor);
        return secret;
    }

    /**
     * Gives the user codes for the day when the other factors are lost.
     *
     * @param imported those the user has already; else new ones are made
     * @throws AppException 422 {@code user.backup_code_already_in_use}, {@code user.wrong_backup_code_format},
     *     {@code session.mfa.backup_code_can_not_be_alone}
     */
    List<String> addBackupCodes(Tx tx, String userId, Optional<List<String>> imported) {
        User user = users.lock(tx, userId);
        imported.ifPresent(Factors::checkBackupCodes);
        List<String> codes =
                imported.orElseGet(() -> Stream.generate(() -> HexFormat.of().formatHex(ids.bytes(5)))
                        .limit(BACKUP_CODES)
                        .toList());
        if (has(user, BACKUP_CODE)) {
            throw FactorError.BACKUP_CODE_ALREADY_IN_USE.exception();
        }
        if (user.mfaVerifications().isEmpty()) {
            throw FactorError.BACKUP_CODE_ALONE.exception();
        }
        ObjectNode factor = factor(BACKUP_CODE);
        ArrayNode kept = factor.putArray("codes");
        codes.forEach(code -> kept.addObject().put("code", seal(tx, userId, factor, code)));
        add(tx, user, factor);
        return codes;
    }

    /**
     * Takes a factor away; backup codes that would be alone go with it.
     *
     * @throws AppException 404 {@code entity.not_found}
     */
    void remove(Tx tx, String userId, String factorId) {
        User user = users.lock(tx, userId);
        ArrayNode left = Json.array();
        user.mfaVerifications()
                .valueStream()
                .filter(f -> !isOf(f, "id", factorId))
                .forEach(left::add);
        if (left.size() == user.mfaVerifications().size()) {
            throw CommonError.ENTITY_NOT_FOUND.exception();
        }
        boolean alone = left.valueStream().allMatch(f -> isOf(f, "type", BACKUP_CODE));
        users.replaceFactors(tx, userId, alone ? Json.array() : left);
    }

    private void add(Tx tx, User user, ObjectNode factor) {
        ArrayNode all = user.mfaVerifications().deepCopy();
        all.add(factor);
        users.replaceFactors(tx, user.id(), all);
    }

    private ObjectNode factor(String type) {
        return Json.object()
                .put("type", type)
                .put("id", ids.standard())
                .put("createdAt", clock.instant().toString());
    }

    private String seal(Tx tx, String userId, ObjectNode factor, String plain) {
        return sealer.seal(
                plain,
                "mfa:" + tx.tenant() + ":" + userId + ":" + factor.path("id").asString());
    }

    private static void checkBackupCodes(List<String> codes) {
        boolean wrong = codes.size() != BACKUP_CODES
                || codes.stream().distinct().count() != BACKUP_CODES
                || !codes.stream()
                        .allMatch(code -> BACKUP_CODE_FORM.matcher(code).matches());
        if (wrong) {
            throw FactorError.WRONG_BACKUP_CODE_FORMAT.exception();
        }
    }

    private static boolean has(User user, String type) {
        return user.mfaVerifications().valueStream().anyMatch(factor -> isOf(factor, "type", type));
    }

    private static boolean isOf(JsonNode factor, String key, String value) {
        return factor.path(key).asString("").equals(value);
    }
}
