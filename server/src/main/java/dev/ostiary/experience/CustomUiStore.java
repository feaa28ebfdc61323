package dev.ostiary.experience;

import dev.ostiary.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** SQL of {@code custom_ui_assets} and {@code custom_ui_files}. */
final class CustomUiStore {
    private static final int BATCH = 100;

    void insert(Tx tx, String id, List<CustomUiFile> files, Instant now, Instant expiresAt) {
        tx.update(
                        """
                INSERT INTO custom_ui_assets (tenant_id, id, created_at, expires_at)
                VALUES (:tenant, :id, :now, :expiresAt)
                """)
                .bind("id", id)
                .bind("now", now)
                .bind("expiresAt", expiresAt)
                .execute();
        for (int from = 0; from < files.size(); from += BATCH) {
            insertFiles(tx, id, files.subList(from, Math.min(files.size(), from + BATCH)));
        }
    }

    private static void insertFiles(Tx tx, String id, List<CustomUiFile> files) {
        PreparedBatch batch = tx.batch(
                """
                INSERT INTO custom_ui_files (tenant_id, asset_id, path, content_type, tag, content)
                VALUES (:tenant, :id, :path, :contentType, :tag, :content)
                """);
        for (CustomUiFile file : files) {
            batch.bind("tenant", tx.tenant())
                    .bind("id", id)
                    .bind("path", file.path())
                    .bind("contentType", file.contentType())
                    .bind("tag", file.tag())
                    .bind("content", file.content())
                    .add();
        }
        batch.execute();
    }

    /** Removes the unused ones except the newest. */
    void removeUnused(Tx tx, int kept) {
        tx.update(
                        """
                DELETE FROM custom_ui_assets WHERE tenant_id = :tenant AND expires_at IS NOT NULL AND id NOT IN (
                    SELECT id FROM custom_ui_assets WHERE tenant_id = :tenant AND expires_at IS NOT NULL
                    ORDER BY created_at DESC, id LIMIT :kept)
                """)
                .bind("kept", kept)
                .execute();
    }

    /**
     * The one in use does not expire, the one that was in use does from now on. An update, so that a removal of what has
     * expired, at the same moment, looks again.
     *
     * @param id null for none
     * @return false if there is no such upload
     */
    boolean use(Tx tx, @Nullable String id, Instant expiresAt) {
        List<String> touched = tx.query(
                        """
                UPDATE custom_ui_assets SET expires_at = CASE WHEN id = :id::text THEN NULL ELSE :expiresAt::timestamptz END
                WHERE tenant_id = :tenant AND (id = :id::text OR expires_at IS NULL)
                RETURNING id
                """)
                .bind("id", id)
                .bind("expiresAt", expiresAt)
                .mapTo(String.class)
                .list();
        return id == null || touched.contains(id);
    }

    Set<String> paths(Tx tx, String id) {
        return tx.query("SELECT path FROM custom_ui_files WHERE tenant_id = :tenant AND asset_id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .collect(Collectors.toUnmodifiableSet());
    }

    Optional<CustomUiFile> file(Tx tx, String id, String path) {
        return tx.query(
                        """
                SELECT content_type, tag, content FROM custom_ui_files
                WHERE tenant_id = :tenant AND asset_id = :id AND path = :path
                """)
                .bind("id", id)
                .bind("path", path)
                .map((rs, ctx) -> new CustomUiFile(path, rs.getString(1), rs.getString(2), rs.getBytes(3)))
                .findOne();
    }
}
