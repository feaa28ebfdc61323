package dev.ostiary.pages;

import dev.ostiary.experience.SignInExperience;
import dev.ostiary.pages.MessagePage.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pages that only tell something. */
final class Messages {
    private Messages() {}

    static MessagePage telling(Stage stage, Frame frame, String heading, List<String> texts) {
        return new MessagePage(frame, heading, texts, null, null, support(stage), null, List.of());
    }

    /** What the settings do not offer. @param key beginning of its phrases */
    static MessagePage notPossible(Stage stage, Frame frame, String key) {
        return telling(
                stage, frame, stage.say(key + ".heading"), List.of(stage.say(key + ".text"), stage.say(key + ".next")));
    }

    static List<Link> support(Stage stage) {
        SignInExperience settings = stage.settings();
        List<Link> support = new ArrayList<>();
        String website = Legal.web(settings.supportWebsiteUrl());
        if (website != null) {
            support.add(new Link(stage.say("support.website"), website));
        }
        String email = settings.supportEmail();
        if (email != null && email.matches("[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")) {
            support.add(new Link(stage.say("support.email", Map.of("email", email)), "mailto:" + email));
        }
        return support;
    }
}
