package dev.ostiary.experience;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.base.Ids;
import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.CommonError;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sign-in pages that a tenant brings along: archives are uploaded, and one of them may be in use. What was uploaded never
 * changes, so files are kept in memory by their upload's id without asking whether they still hold.
 */
public final class CustomUi {
    private static final Duration UNUSED_FOR = Duration.ofDays(1);
    /** Uploads without use that a tenant may have, so that nobody fills the database. */
    private static final int MOST_UNUSED = 5;

    private static final int LONGEST_ID = 21;
    private static final long MOST_BYTES = 64L << 20;
    private static final long MOST_PATHS = 100_000;
    /** What a file costs besides its content. */
    private static final int ENTRY = 1024;

    private record UploadKey(String tenant, String id) {}

    private record FileKey(String tenant, String id, String path) {}

    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final CustomUiStore store = new CustomUiStore();
    private final Cache<UploadKey, Set<String>> paths = Caffeine.newBuilder()
            .maximumWeight(MOST_PATHS)
            .weigher((UploadKey key, Set<String> value) -> value.size() + 1)
            .build();
    private final Cache<FileKey, CustomUiFile> files = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((FileKey key, CustomUiFile file) -> file.content().length + ENTRY)
            .build();

    public CustomUi(Database database, Ids ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    /** Stores the files of an archive. Unused for a day, they are removed. @return the upload's id */
    String keep(Tx tx, List<CustomUiFile> uploaded) {
        String id = ids.standard();
        store.insert(tx, id, uploaded, clock.instant(), clock.instant().plus(UNUSED_FOR));
        store.removeUnused(tx, MOST_UNUSED);
        return id;
    }

    /**
     * @param id of the upload that visitors see from now on; null for the pages of this program
     * @throws dev.ostiary.errors.AppException 422 {@code entity.relation_foreign_key_not_found}
     */
    void use(Tx tx, @Nullable String id) {
        boolean mayBe = id == null || (id.length() <= LONGEST_ID && id.indexOf('\0') < 0);
        if (!mayBe || !store.use(tx, id, clock.instant().plus(UNUSED_FOR))) {
            throw CommonError.RELATION_NOT_FOUND.exception();
        }
    }

    /** The file of that name. */
    public Optional<CustomUiFile> file(String tenant, String id, String path) {
        if (!paths(tenant, id).contains(path)) {
            return Optional.empty();
        }
        FileKey key = new FileKey(tenant, id, path);
        CustomUiFile known = files.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<CustomUiFile> found = database.read(tenant, tx -> store.file(tx, id, path));
        found.ifPresent(file -> files.put(key, file));
        return found;
    }

    /** What any path shows that is none of a file: the page finds out itself where it is. */
    public Optional<CustomUiFile> index(String tenant, String id) {
        return file(tenant, id, CustomUiZip.INDEX);
    }

    private Set<String> paths(String tenant, String id) {
        UploadKey key = new UploadKey(tenant, id);
        Set<String> known = paths.getIfPresent(key);
        if (known == null) {
            known = database.read(tenant, tx -> store.paths(tx, id));
            if (!known.isEmpty()) {
                paths.put(key, known);
            }
        }
        return known;
    }
}
