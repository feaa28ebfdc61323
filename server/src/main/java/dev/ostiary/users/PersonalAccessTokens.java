package dev.ostiary.users;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The door to personal access tokens. The wire shows their values again, so they are sealed, and hashed to be found. */
public final class PersonalAccessTokens {
    /** What every value begins with: scanners of public code know it by that. */
    public static final String PREFIX = "pat_";

    private final Ids ids;
    private final Sealer sealer;
    private final Clock clock;
    private final List<Listener> onDelete = new CopyOnWriteArrayList<>();

    public PersonalAccessTokens(Database database, Ids ids, Sealer sealer, Clock clock) {
        this.ids = ids;
        this.sealer = sealer;
        this.clock = clock;
        database.onViolation("personal_access_tokens_name", UserError.PERSONAL_ACCESS_TOKEN_NAME_EXISTS);
    }

    /**
     * A token that was presented.
     *
     * @param reference names the token to those who hear that it was deleted, see {@link #onDelete}; no secret
     */
    public record Redeemed(String userId, String reference) {}

    /** Called in the transaction that deletes a token, with its user's id and its reference. */
    public interface Listener {
        void deleted(Tx tx, String userId, String reference);
    }

    public void onDelete(Listener listener) {
        onDelete.add(listener);
    }

    /** If it may be used now; what became of its user is the caller's to look at. */
    public Optional<Redeemed> redeem(Tx tx, String value) {
        byte[] hash = Hashes.sha256(value);
        return value.startsWith(PREFIX)
                ? PersonalAccessTokenStore.userOf(tx, hash, clock.instant())
                        .map(user -> new Redeemed(user, reference(hash)))
                : Optional.empty();
    }

    private static String reference(byte[] hash) {
        return PREFIX + HexFormat.of().formatHex(hash);
    }

    /** All of a user in clear text, oldest first; the caller records that they were read. */
    List<PersonalAccessToken> reveal(Tx tx, String userId) {
        return PersonalAccessTokenStore.list(tx, userId).stream()
                .map(row -> token(tx, userId, row))
                .toList();
    }

    /** @throws AppException 422 {@code user.personal_access_token_name_exists}, 400 if the end has passed already */
    PersonalAccessToken create(Tx tx, String userId, String name, @Nullable Instant expiresAt) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new AppException(
                    CommonError.INVALID_REQUEST_INPUT, null, "The value of `expiresAt` must be in the future.");
        }
        String value = PREFIX + ids.secret();
        byte[] hash = Hashes.sha256(value);
        PersonalAccessTokenStore.Row row = new PersonalAccessTokenStore.Row(
                name, hash, sealer.seal(value, context(tx, userId, hash)), now, expiresAt);
        PersonalAccessTokenStore.insert(tx, userId, row);
        return token(userId, row, value);
    }

    /** @throws AppException 404 {@code entity.not_exists}, 422 {@code user.personal_access_token_name_exists} */
    PersonalAccessToken rename(Tx tx, String userId, String name, String newName) {
        return PersonalAccessTokenStore.rename(tx, userId, name, newName)
                .map(row -> token(tx, userId, row))
                .orElseThrow(CommonError.ENTITY_NOT_EXISTS::exception);
    }

    /**
     * What it was exchanged for ends too, as far as that can be called back.
     *
     * @throws AppException 404 {@code entity.not_found}
     */
    void delete(Tx tx, String userId, String name) {
        byte[] hash =
                PersonalAccessTokenStore.delete(tx, userId, name).orElseThrow(CommonError.ENTITY_NOT_FOUND::exception);
        onDelete.forEach(listener -> listener.deleted(tx, userId, reference(hash)));
    }

    private PersonalAccessToken token(Tx tx, String userId, PersonalAccessTokenStore.Row row) {
        return token(userId, row, sealer.unseal(row.sealedValue(), context(tx, userId, row.hash())));
    }

    private static PersonalAccessToken token(String userId, PersonalAccessTokenStore.Row row, String value) {
        return new PersonalAccessToken(userId, row.name(), value, row.createdAt(), row.expiresAt());
    }

    /** Not the name: that may change. */
    private static String context(Tx tx, String userId, byte[] hash) {
        return "personal_access_token:" + tx.tenant() + ":" + userId + ":"
                + HexFormat.of().formatHex(hash);
    }
}
