package dev.ostiary.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page that only tells something: what happened, whose fault it may be, what to do next.
 *
 * @param link the next step, if there is one here
 * @param otherWay than that step
 * @param support whom to ask
 * @param forAdministrators what the visitor cannot do about it, but they can
 * @param facts for who is asked
 */
public record MessagePage(
        Frame frame,
        String heading,
        List<String> texts,
        @Nullable Link link,
        @Nullable Link otherWay,
        List<Link> support,
        @Nullable String forAdministrators,
        List<Fact> facts) {

    public record Link(String text, String address) {}

    public record Fact(String text, String value) {}
}
