package dev.ostiary.experience;

import java.util.List;

/** What came of the last step. */
public sealed interface Submission {
    /** Done. The browser goes to this absolute URL by GET. */
    record Done(String redirectTo) implements Submission {}

    /** The account lacks what the settings ask for; tell it by {@link Experience#addUsername} and the like. */
    record Missing(List<MissingProfile> profile) implements Submission {}
}
