package dev.ostiary.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a foreign application wants to be allowed.
 *
 * @param account who is signed in
 * @param redirect the sentence that says where the visitor goes afterwards
 * @param legal the application's own terms
 * @param terms key of the sentence about them
 */
public record ConsentPage(
        Frame frame,
        String heading,
        String account,
        List<Wish> scopes,
        String action,
        String token,
        String redirect,
        Legal legal,
        @Nullable String terms) {

    /** One thing that it wants. */
    public record Wish(String text, @Nullable String detail) {}
}
