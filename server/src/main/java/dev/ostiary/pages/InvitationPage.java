package dev.ostiary.pages;

import java.util.List;
import java.util.Map;

/**
 * Whether to join an organization.
 *
 * @param lines keys of sentences
 * @param names what stands in their gaps
 * @param link the secret of the link by which the visitor came
 */
public record InvitationPage(
        Frame frame,
        String heading,
        List<String> lines,
        Map<String, String> names,
        String action,
        String token,
        String link,
        String button) {

    public String name(String gap) {
        return names.getOrDefault(gap, "");
    }
}
