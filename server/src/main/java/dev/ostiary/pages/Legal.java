package dev.ostiary.pages;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Terms of use and privacy policy of a tenant; either may be missing. */
public record Legal(@Nullable String terms, @Nullable String privacy) {
    static final Legal NONE = new Legal(null, null);

    /** Addresses that are none of the web's are left out: a {@code javascript:} link must not run on our origin. */
    static Legal of(@Nullable String terms, @Nullable String privacy) {
        return new Legal(web(terms), web(privacy));
    }

    public String address(String name) {
        String address = name.equals("terms") ? terms : privacy;
        return address == null ? "" : address;
    }

    /** {@code both}, {@code terms}, {@code privacy}, or null without either: the last word of a sentence's key. */
    @Nullable
    String which() {
        if (terms != null && privacy != null) {
            return "both";
        }
        return terms != null ? "terms" : privacy != null ? "privacy" : null;
    }

    static @Nullable String web(@Nullable String address) {
        if (address == null || address.isBlank()) {
            return null;
        }
        try {
            URI uri = new URI(address.strip());
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null ? uri.toString() : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
