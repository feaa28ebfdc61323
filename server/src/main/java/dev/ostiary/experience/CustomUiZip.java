package dev.ostiary.experience;

import dev.ostiary.errors.AppException;
import dev.ostiary.http.ETags;
import dev.ostiary.http.UploadError;
import dev.ostiary.json.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Reads the files of an uploaded archive. Nothing is written to a disk, so a hostile name has nowhere to go; it is refused
 * all the same, because whoever sends one means no good. All bytes that are unpacked count, those of skipped entries too:
 * an archive may grow a thousandfold.
 */
final class CustomUiZip {
    static final String INDEX = "index.html";

    private static final int MOST_ENTRIES = 10_000;
    private static final int MOST_UNPACKED = 50 << 20;
    private static final int LONGEST_PATH = 512;
    /** Real pages shrink to a fifth; a bomb to a thousandth. */
    private static final int HIGHEST_RATIO = 100;

    private static final int RATIO_COUNTS_FROM = 1 << 20;
    private static final byte[] SIGNATURE = {'P', 'K', 3, 4};

    /** A segment of a path: no control characters, no drive, no way up. */
    private static final Pattern SEGMENT = Pattern.compile("(?!\\.{1,2}$)[^\\p{Cntrl}\\\\/:]+");

    private final byte[] archive;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private int unpacked;

    private CustomUiZip(byte[] archive) {
        this.archive = archive;
    }

    /**
     * @return the files, {@code index.html} among them; without the one folder that all of them may lie in
     * @throws AppException 400 {@code guard.mime_type_not_allowed}, {@code guard.file_size_exceeded},
     *     {@code guard.invalid_input}
     */
    static List<CustomUiFile> read(byte[] archive) {
        if (archive.length < SIGNATURE.length
                || !java.util.Arrays.equals(archive, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            throw UploadError.MIME_TYPE_NOT_ALLOWED.exception(Map.of("allowed", List.of("application/zip")));
        }
        CustomUiZip zip = new CustomUiZip(archive);
        zip.unpack();
        return zip.rooted();
    }

    private void unpack() {
        if (ZipDirectory.hasLinks(archive)) {
            throw invalid("The archive has a symbolic link, or no directory that can be read");
        }
        int entries = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > MOST_ENTRIES) {
                    throw invalid("The archive has more than " + MOST_ENTRIES + " entries");
                }
                String path = entry.getName();
                boolean isFolder = entry.isDirectory();
                requireHarmless(isFolder ? path.substring(0, path.length() - 1) : path);
                byte[] content = bounded(zip);
                if (!isFolder && !isHidden(path) && files.putIfAbsent(path, content) != null) {
                    throw invalid("The archive has two files of the same name");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw invalid("The archive cannot be read: it is damaged, encrypted or of an unusual kind");
        }
    }

    private byte[] bounded(ZipInputStream zip) throws IOException {
        byte[] content = zip.readNBytes(MOST_UNPACKED - unpacked + 1);
        unpacked += content.length;
        if (unpacked > MOST_UNPACKED) {
            throw UploadError.FILE_SIZE_EXCEEDED.exception(Map.of("limit", MOST_UNPACKED));
        }
        if (unpacked > RATIO_COUNTS_FROM && unpacked / HIGHEST_RATIO > archive.length) {
            throw invalid("The archive unpacks to more than " + HIGHEST_RATIO + " times its size");
        }
        return content;
    }

    private static void requireHarmless(String path) {
        if (path.length() > LONGEST_PATH) {
            throw invalid("A name in the archive is longer than " + LONGEST_PATH + " characters");
        }
        for (String segment : path.split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches()) {
                throw invalid("A name in the archive leads out of it, or has characters that no file of a page needs");
            }
        }
    }

    /** What operating systems and tools leave behind is not published. */
    private static boolean isHidden(String path) {
        return path.startsWith("__MACOSX/") || path.startsWith(".") || path.contains("/.");
    }

    private List<CustomUiFile> rooted() {
        String root = files.containsKey(INDEX) ? "" : onlyFolder();
        if (!files.containsKey(root + INDEX)) {
            throw invalid("The archive has no " + INDEX + " at its top");
        }
        return files.entrySet().stream()
                .map(file -> file(file.getKey().substring(root.length()), file.getValue()))
                .toList();
    }

    private String onlyFolder() {
        Set<String> tops = files.keySet().stream()
                .map(path -> path.substring(0, path.indexOf('/') + 1))
                .collect(java.util.stream.Collectors.toSet());
        return tops.size() == 1 ? tops.iterator().next() : "";
    }

    private static CustomUiFile file(String path, byte[] content) {
        return new CustomUiFile(path, CustomUiTypes.of(path), ETags.of(content), content);
    }

    private static AppException invalid(String why) {
        return Shape.invalid(why, "file");
    }
}
