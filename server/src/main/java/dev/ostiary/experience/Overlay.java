package dev.ostiary.experience;

import dev.ostiary.experience.SignInExperience.Branding;
import dev.ostiary.experience.SignInExperience.Color;
import dev.ostiary.json.InvalidValue;
import dev.ostiary.json.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an application changes of the look of its tenant's pages for those who come from it, or an organization for its own
 * people. Whatever is not set stays as it was below.
 *
 * @param name what the owner of the look is called before visitors; null where nothing else than its own name is wanted
 * @param color members of {@link Color}, any of them
 * @param branding members of {@link Branding}, any of them
 */
public record Overlay(
        @Nullable String name,
        ObjectNode color,
        ObjectNode branding,
        @Nullable String customCss,
        @Nullable String termsOfUseUrl,
        @Nullable String privacyPolicyUrl) {

    public static final Overlay NONE = new Overlay(null, Json.object(), Json.object(), null, null, null);

    public boolean hasLogo() {
        return url(branding, "logoUrl").or(() -> url(branding, "darkLogoUrl")).isPresent();
    }

    SignInExperience over(SignInExperience below) {
        return below.dressed(
                color(below.color()),
                branding(below.branding()),
                or(customCss, below.customCss()),
                or(termsOfUseUrl, below.termsOfUseUrl()),
                or(privacyPolicyUrl, below.privacyPolicyUrl()));
    }

    /** Colours of the light and the dark look belong together: with the one, the other's predecessor goes. */
    private Color color(Color below) {
        Optional<String> primary = colour("primaryColor");
        Optional<String> dark = colour("darkPrimaryColor").or(() -> primary);
        JsonNode isDark = color.path("isDarkModeEnabled");
        return new Color(
                primary.orElse(below.primaryColor()),
                isDark.isBoolean() ? isDark.asBoolean() : below.isDarkModeEnabled(),
                dark.orElse(below.darkPrimaryColor()));
    }

    /** So do the two logos, and the two icons. */
    private Branding branding(Branding below) {
        boolean hasIcon =
                url(branding, "favicon").or(() -> url(branding, "darkFavicon")).isPresent();
        return new Branding(
                hasLogo() ? url(branding, "logoUrl") : below.logoUrl(),
                hasLogo() ? url(branding, "darkLogoUrl") : below.darkLogoUrl(),
                hasIcon ? url(branding, "favicon") : below.favicon(),
                hasIcon ? url(branding, "darkFavicon") : below.darkFavicon());
    }

    private Optional<String> colour(String name) {
        return text(color, name).filter(value -> value.matches(SignInExperience.HEX_COLOR));
    }

    /** What is no address of the web, whoever has stored it, is not shown. */
    private static Optional<String> url(ObjectNode node, String name) {
        return text(node, name).filter(value -> {
            try {
                SignInExperience.requireUrl(value, name);
                return true;
            } catch (InvalidValue malformed) {
                return false;
            }
        });
    }

    private static Optional<String> text(ObjectNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() && !value.asString().isBlank() ? Optional.of(value.asString()) : Optional.empty();
    }

    private static @Nullable String or(@Nullable String own, @Nullable String below) {
        return own == null || own.isBlank() ? below : own;
    }
}
