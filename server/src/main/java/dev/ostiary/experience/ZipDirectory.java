package dev.ostiary.experience;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The directory at the end of an archive (APPNOTE.TXT section 4.3.12), which alone says what an entry is to Unix. The
 * library that unpacks does not show it.
 */
final class ZipDirectory {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_SIZE = 46;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int FILE_TYPE = 0xF000;
    private static final int LINK = 0xA000;

    private ZipDirectory() {}

    /** Whether an entry is a symbolic link; true as well where the directory cannot be followed. */
    static boolean hasLinks(byte[] archive) {
        ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        int end = end(bytes);
        if (end < 0) {
            return true;
        }
        int entries = bytes.getShort(end + 10) & 0xFFFF;
        int at = bytes.getInt(end + 16);
        for (int i = 0; i < entries; i++) {
            if (at < 0 || at > end - ENTRY_SIZE || bytes.getInt(at) != ENTRY_SIGNATURE) {
                return true;
            }
            if ((bytes.getInt(at + 38) >>> 16 & FILE_TYPE) == LINK) {
                return true;
            }
            at += ENTRY_SIZE
                    + (bytes.getShort(at + 28) & 0xFFFF)
                    + (bytes.getShort(at + 30) & 0xFFFF)
                    + (bytes.getShort(at + 32) & 0xFFFF);
        }
        return false;
    }

    /** Where its last record is; -1 if there is none. */
    private static int end(ByteBuffer bytes) {
        int last = bytes.capacity() - END_SIZE;
        for (int at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
            if (bytes.getInt(at) == END_SIGNATURE) {
                return at;
            }
        }
        return -1;
    }
}
