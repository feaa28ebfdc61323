package dev.ostiary.db;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Locale;

/** A fault at start that whoever starts the program can mend. Its message is a sentence written for that person. */
public final class StartFailure extends IOException {
    private static final long serialVersionUID = 1L;

    public StartFailure(String sentence) {
        super(sentence);
    }

    public StartFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** Turns what the system said about a folder into a sentence. */
    static StartFailure about(Path folder, IOException fault) {
        if (fault instanceof StartFailure known) {
            return known;
        }
        String said = String.valueOf(fault.getMessage());
        if (isDiskFull(said)) {
            return diskFull(folder, fault);
        }
        if (fault instanceof AccessDeniedException || said.contains("Permission denied")) {
            return new StartFailure(
                    "The data folder " + folder + " cannot be written by the user this program runs as ("
                            + System.getProperty("user.name")
                            + "). Give it to that user, or set DATA_DIR to another folder.",
                    fault);
        }
        if (said.contains("Read-only file system")) {
            return new StartFailure(
                    "The data folder " + folder + " is on a read-only file system. Set DATA_DIR to another folder.",
                    fault);
        }
        return new StartFailure(
                "The data folder " + folder + " cannot be made or used ("
                        + fault.getClass().getSimpleName() + ": " + said + "). Set DATA_DIR to another folder.",
                fault);
    }

    static StartFailure diskFull(Path folder, Throwable cause) {
        return new StartFailure(
                "The disk that holds the data folder " + folder
                        + " is full. Free at least 200 MB there, or set DATA_DIR to a folder on another disk.",
                cause);
    }

    static boolean isDiskFull(String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        return lower.contains("no space left on device")
                || lower.contains("check free disk space") // PostgreSQL's hint after a short write
                || lower.contains("disk quota exceeded");
    }
}
