package dev.ostiary.experience;

import dev.ostiary.sso.SsoProfile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a provider's word is fit to be shown as a user's.
 *
 * @param avatar an http or https address; stored, never fetched (SS3)
 */
record SsoPerson(@Nullable String name, @Nullable String avatar) {
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_AVATAR = 2048;

    static SsoPerson of(SsoProfile profile) {
        Optional<String> name = profile.name().map(String::strip).filter(text -> !text.isEmpty());
        Optional<String> avatar = profile.avatar()
                .filter(url -> url.length() <= LONGEST_AVATAR && url.matches("(?i)https?://[^\\s\"'<>]+"));
        return new SsoPerson(name.map(SsoPerson::cut).orElse(null), avatar.orElse(null));
    }

    private static String cut(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME));
    }
}
