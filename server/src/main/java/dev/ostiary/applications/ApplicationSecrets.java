package dev.ostiary.applications;

import dev.ostiary.applications.ApplicationJson.SecretView;
import dev.ostiary.applications.ApplicationSecretStore.Row;
import dev.ostiary.base.Ids;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.crypto.Secret;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Client secrets: several an application, each with a name and perhaps an end. An administrator may read them again later,
 * as the wire demands; so they are sealed, and only a hash is compared.
 */
final class ApplicationSecrets {
    static final String DEFAULT_NAME = "Default secret";

    private final Ids ids;
    private final Sealer sealer;
    private final Clock clock;

    ApplicationSecrets(Ids ids, Sealer sealer, Clock clock) {
        this.ids = ids;
        this.sealer = sealer;
        this.clock = clock;
    }

    /** All secrets of an application in clear text, oldest first; the caller records that they were read. */
    List<SecretView> reveal(Tx tx, String applicationId) {
        return ApplicationSecretStore.list(tx, applicationId).stream()
                .map(row -> view(tx, applicationId, row, unseal(tx, applicationId, row)))
                .toList();
    }

    List<ReadableSecret> readable(Tx tx, String applicationId) {
        return ApplicationSecretStore.list(tx, applicationId).stream()
                .map(row -> new ReadableSecret(new Secret(unseal(tx, applicationId, row)), row.expiresAt()))
                .toList();
    }

    /** @throws AppException 422 {@code application.secret_name_exists}, 400 if the end has passed already */
    SecretView create(Tx tx, String applicationId, String name, @Nullable Instant expiresAt) {
        return store(tx, applicationId, name, ids.secret(), expiresAt);
    }

    /** Sets a secret to a value that was chosen elsewhere. */
    void set(Tx tx, String applicationId, String name, Secret value) {
        ApplicationSecretStore.delete(tx, applicationId, name);
        store(tx, applicationId, name, value.reveal(), null);
    }

    /** Sealed anew: the name is part of what the seal is bound to. */
    SecretView rename(Tx tx, String applicationId, String name, String newName) {
        Row row = ApplicationSecretStore.lock(tx, applicationId, name)
                .orElseThrow(CommonError.ENTITY_NOT_EXISTS::exception);
        String value = unseal(tx, applicationId, row);
        String sealed = sealer.seal(value, context(tx, applicationId, newName));
        ApplicationSecretStore.rename(tx, applicationId, name, newName, sealed);
        return view(tx, applicationId, new Row(newName, sealed, row.createdAt(), row.expiresAt()), value);
    }

    /** @throws AppException 404 {@code entity.not_found} */
    void delete(Tx tx, String applicationId, String name) {
        if (!ApplicationSecretStore.delete(tx, applicationId, name)) {
            throw CommonError.ENTITY_NOT_FOUND.exception();
        }
    }

    private SecretView store(Tx tx, String applicationId, String name, String value, @Nullable Instant expiresAt) {
        Instant now = clock.instant();
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new AppException(
                    CommonError.INVALID_REQUEST_INPUT, null, "The value of `expiresAt` must be in the future.");
        }
        Row row = new Row(name, sealer.seal(value, context(tx, applicationId, name)), now, expiresAt);
        ApplicationSecretStore.insert(tx, applicationId, row, Hashes.sha256(value));
        return view(tx, applicationId, row, value);
    }

    private String unseal(Tx tx, String applicationId, Row row) {
        return sealer.unseal(row.sealedValue(), context(tx, applicationId, row.name()));
    }

    private static String context(Tx tx, String applicationId, String name) {
        return "application_secret:" + tx.tenant() + ":" + applicationId + ":" + name;
    }

    private static SecretView view(Tx tx, String applicationId, Row row, String value) {
        return new SecretView(
                tx.tenant(),
                applicationId,
                row.name(),
                value,
                row.createdAt().toEpochMilli(),
                row.expiresAt() == null ? null : row.expiresAt().toEpochMilli());
    }
}
