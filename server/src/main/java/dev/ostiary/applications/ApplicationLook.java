package dev.ostiary.applications;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an application shows itself to users: what is not set is as the tenant has it.
 *
 * @param color members {@code primaryColor}, {@code isDarkModeEnabled}, {@code darkPrimaryColor}
 * @param branding members {@code logoUrl}, {@code darkLogoUrl}, {@code favicon}, {@code darkFavicon}
 * @param displayName instead of its name, which is for administrators
 */
public record ApplicationLook(
        ObjectNode color,
        ObjectNode branding,
        @Nullable String customCss,
        @Nullable String termsOfUseUrl,
        @Nullable String privacyPolicyUrl,
        @Nullable String displayName) {}
