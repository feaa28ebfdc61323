package dev.ostiary.resources;

import dev.ostiary.json.Field;
import dev.ostiary.json.InvalidValue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Wire shapes of resources and scopes. */
public final class ResourceJson {
    /** Ours: organizations are resources of this form. */
    private static final String RESERVED = "urn:logto:";

    private ResourceJson() {}

    /**
     * A resource.
     *
     * @param accessTokenTtl seconds
     * @param scopes only where they are asked for
     */
    public record View(
            String tenantId,
            String id,
            String name,
            String indicator,
            boolean isDefault,
            long accessTokenTtl,
            Optional<List<ScopeView>> scopes) {

        public static View of(String tenant, Resource resource) {
            return of(tenant, resource, Optional.empty());
        }

        static View withScopes(String tenant, Resource resource) {
            return of(
                    tenant,
                    resource,
                    Optional.of(resource.scopes().stream()
                            .map(scope -> ScopeView.of(tenant, scope))
                            .toList()));
        }

        private static View of(String tenant, Resource resource, Optional<List<ScopeView>> scopes) {
            return new View(
                    tenant,
                    resource.id(),
                    resource.name(),
                    resource.indicator(),
                    resource.isDefault(),
                    resource.accessTokenTtl().toSeconds(),
                    scopes);
        }
    }

    /** A scope. */
    public record ScopeView(
            String tenantId, String id, String resourceId, String name, @Nullable String description, long createdAt) {

        public static ScopeView of(String tenant, Scope scope) {
            return new ScopeView(
                    tenant,
                    scope.id(),
                    scope.resourceId(),
                    scope.name(),
                    scope.description(),
                    scope.createdAt().toEpochMilli());
        }
    }

    record Create(
            @Size(min = 1, max = 256) String name,
            @Size(min = 1, max = 2048) String indicator,
            Optional<@Min(1) @Max(31_536_000) Long> accessTokenTtl) {
        Create {
            checkIndicator(indicator);
        }
    }

    /** An indicator is what tokens were issued for: it cannot be changed. */
    record Patch(
            Optional<@Size(min = 1, max = 256) String> name, Optional<@Min(1) @Max(31_536_000) Long> accessTokenTtl) {}

    record IsDefault(boolean isDefault) {}

    record CreateScope(@Size(min = 1, max = 256) String name, @Nullable String description) {}

    record PatchScope(Optional<@Size(min = 1, max = 256) String> name, Field<String> description) {}

    /** An absolute URI without a fragment (RFC 8707 section 2). */
    private static void checkIndicator(String indicator) {
        try {
            URI uri = new URI(indicator);
            if (uri.isAbsolute() && uri.getRawFragment() == null && !indicator.startsWith(RESERVED)) {
                return;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new InvalidValue("Must be an absolute URI without a fragment", "indicator");
    }
}
