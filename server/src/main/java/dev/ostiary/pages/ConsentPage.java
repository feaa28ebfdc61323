package dev.ostiary.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a foreign application wants to be allowed.
 *
 * @param account who is signed in
 * @param redirect the sentence that says where the visitor goes afterwards
 */
public record ConsentPage(
        Frame frame, String heading, String account, List<Wish> scopes, String action, String token, String redirect) {

    /** One thing that it wants. */
    public record Wish(String text, @Nullable String detail) {}
}
