package dev.ostiary.organizations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A customer, team or workspace whose members work together.
 *
 * @param customData free for the application's owner
 * @param isMfaRequired members without a second factor get no tokens for it
 * @param color what differs from the tenant's sign-in pages: {@code primaryColor}, {@code darkPrimaryColor}, …
 * @param branding the same for {@code logoUrl}, {@code darkLogoUrl}, {@code favicon}, {@code darkFavicon}
 */
public record Organization(
        String id,
        String name,
        @Nullable String description,
        ObjectNode customData,
        boolean isMfaRequired,
        ObjectNode color,
        ObjectNode branding,
        @Nullable String customCss,
        Instant createdAt) {}
