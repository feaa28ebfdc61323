package dev.ostiary.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a foreign application wants to be allowed.
 *
 * @param account who is signed in
 * @param warning sentences about an application that nobody of the tenant has made; empty for others
 * @param groups what it wants, of the account first, then API by API
 * @param choices organizations of the visitor; empty where the application asks for none
 * @param legal what the application says about itself, elsewhere
 * @param another address at which the visitor signs in as somebody else
 * @param redirect the sentence that says where the visitor goes afterwards
 */
public record ConsentPage(
        Frame frame,
        String heading,
        String account,
        List<String> warning,
        List<Group> groups,
        List<Choice> choices,
        String application,
        List<Link> legal,
        String action,
        String another,
        String token,
        String redirect) {
    /** With more organizations than this there is a field to find one. */
    private static final int MANY = 7;

    /** @param title null for what is of the account */
    public record Group(@Nullable String title, List<Wish> wishes) {}

    /** One thing that it wants. */
    public record Wish(String text, @Nullable String detail) {}

    /** @param isGranted allowed before, and still, unless the visitor says otherwise */
    public record Choice(String id, String name, boolean isGranted) {}

    public record Link(String text, String address) {}

    public boolean isSearchable() {
        return choices.size() > MANY;
    }
}
