package dev.ostiary.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant's pages look, as addresses.
 *
 * @param styleSheets in the order in which they apply
 * @param darkLogo null where the other one serves both
 * @param logoText what the logo says to who does not see it
 */
public record Look(
        List<String> styleSheets,
        @Nullable String logo,
        @Nullable String darkLogo,
        String logoText,
        String favicon,
        @Nullable String darkFavicon,
        boolean showsWordmark) {}
