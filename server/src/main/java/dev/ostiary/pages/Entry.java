package dev.ostiary.pages;

import dev.ostiary.experience.InteractionEvent;
import dev.ostiary.experience.MissingProfile;
import dev.ostiary.experience.Visit;
import java.util.List;

/** What differs between the two pages with a name, a password and one button: signing in, and registering. */
interface Entry {
    String path();

    /** Beginning of its phrases. */
    String words();

    /** The phrase under its heading. */
    default String lead(Stage stage) {
        return words() + ".lead";
    }

    InteractionEvent event();

    boolean isOpen(Stage stage);

    /** Whether a name and a password are a way in at all. */
    boolean isOffered(Stage stage);

    /** What stands above the fields, and is settled. */
    List<Field> settled(Stage stage);

    Field identifier(Stage stage, String name, Trouble trouble);

    Field password(Stage stage, Trouble trouble);

    /** What to tell who left a field out. */
    String required(Stage stage, boolean isPassword);

    /**
     * Makes the visitor known.
     *
     * @return what has to be told still; mostly nothing
     */
    List<MissingProfile> enter(Visit visit, Stage stage, String name, String password);

    /** Whether an earlier form of this visit has done what this one is refused for. */
    boolean isDone(Visit visit);
}
