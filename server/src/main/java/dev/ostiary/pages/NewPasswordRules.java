package dev.ostiary.pages;

import dev.ostiary.experience.SignInExperience;
import dev.ostiary.json.Json;
import dev.ostiary.pages.Field.Rule;
import dev.ostiary.users.PasswordIssue;
import dev.ostiary.users.PasswordPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a new password needs, as lines under its field; where the last one broke a rule, its line says so. */
final class NewPasswordRules {
    private static final String UNMET = "unmet";

    private NewPasswordRules() {}

    static List<Rule> of(SignInExperience settings, List<PasswordIssue> issues, Phrases phrases) {
        PasswordPolicy policy = PasswordPolicy.of(Json.tree(settings.passwordPolicy()));
        List<Rule> rules = new ArrayList<>();
        rules.add(rule(phrases, "length", policy.minLength(), state(issues, "too_short")));
        if (policy.characterTypes() > 1) {
            rules.add(rule(phrases, "types", policy.characterTypes(), state(issues, "character_types")));
        }
        List<Rule> others = issues.stream()
                .filter(issue -> !isListed(issue, policy))
                .map(issue -> new Rule(null, null, say(issue, phrases), UNMET))
                .toList();
        rules.addAll(others);
        boolean guessable = policy.rejectsPwned() || policy.rejectsRepetitionAndSequence() || policy.rejectsUserInfo();
        if (others.isEmpty() && guessable) {
            rules.add(new Rule(null, null, phrases.say("rule.guess"), null));
        }
        return rules;
    }

    /** The sentence for one reason. */
    static String say(PasswordIssue issue, Phrases phrases) {
        return phrases.say(issue.code(), issue.interpolation().orElse(Map.of()));
    }

    private static Rule rule(Phrases phrases, String name, int least, @Nullable String state) {
        return new Rule(name, String.valueOf(least), phrases.say("rule." + name, Map.of("min", least)), state);
    }

    private static boolean isListed(PasswordIssue issue, PasswordPolicy policy) {
        return issue.code().endsWith(".too_short")
                || (issue.code().endsWith(".character_types") && policy.characterTypes() > 1);
    }

    private static @Nullable String state(List<PasswordIssue> issues, String reason) {
        if (issues.isEmpty()) {
            return null;
        }
        return issues.stream().anyMatch(issue -> issue.code().endsWith("." + reason)) ? UNMET : "met";
    }
}
