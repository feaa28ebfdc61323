package dev.ostiary.organizations;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.ostiary.json.Field;
import dev.ostiary.json.InvalidValue;
import dev.ostiary.json.Json;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Wire shapes of organizations. */
public final class OrganizationJson {
    private static final String HEX_COLOR = "(?i)#[\\da-f]{3}([\\da-f]{3})?";
    private static final int LONGEST_CSS = 65_536;

    private OrganizationJson() {}

    /** An organization. */
    public record View(
            String tenantId,
            String id,
            String name,
            @Nullable String description,
            ObjectNode customData,
            boolean isMfaRequired,
            ObjectNode color,
            ObjectNode branding,
            @Nullable String customCss,
            long createdAt) {

        public static View of(String tenant, Organization organization) {
            return new View(
                    tenant,
                    organization.id(),
                    organization.name(),
                    organization.description(),
                    organization.customData(),
                    organization.isMfaRequired(),
                    organization.color(),
                    organization.branding(),
                    organization.customCss(),
                    organization.createdAt().toEpochMilli());
        }
    }

    /**
     * An organization of the list.
     *
     * @param usersCount only where it is asked for
     * @param featuredUsers the three who joined last
     */
    record Overview(@JsonUnwrapped View organization, Optional<Long> usersCount, Optional<JsonNode> featuredUsers) {}

    /** An organization as one of its members sees it. */
    record Joined(@JsonUnwrapped View organization, List<RoleName> organizationRoles) {}

    /** A role, named. */
    record RoleName(String id, String name) {}

    record Color(
            Optional<@Pattern(regexp = HEX_COLOR) String> primaryColor,
            Optional<Boolean> isDarkModeEnabled,
            Optional<@Pattern(regexp = HEX_COLOR) String> darkPrimaryColor) {}

    record Branding(
            Optional<String> logoUrl,
            Optional<String> darkLogoUrl,
            Optional<String> favicon,
            Optional<String> darkFavicon) {
        Branding {
            logoUrl.ifPresent(url -> requireUrl(url, "logoUrl"));
            darkLogoUrl.ifPresent(url -> requireUrl(url, "darkLogoUrl"));
            favicon.ifPresent(url -> requireUrl(url, "favicon"));
            darkFavicon.ifPresent(url -> requireUrl(url, "darkFavicon"));
        }
    }

    record Create(
            @Size(min = 1, max = 128) String name,
            @Nullable @Size(max = 256) String description,
            Optional<ObjectNode> customData,
            Optional<Boolean> isMfaRequired,
            Optional<Color> color,
            Optional<Branding> branding,
            @Nullable @Size(max = LONGEST_CSS) String customCss) {

        Organization organization(String id, Instant now) {
            return new Organization(
                    id,
                    name,
                    description,
                    customData.orElseGet(Json::object),
                    isMfaRequired.orElse(false),
                    document(color),
                    document(branding),
                    customCss,
                    now);
        }
    }

    /** Objects are replaced as a whole, as on the wire. */
    record Patch(
            @NotNull Field<@Size(min = 1, max = 128) String> name,
            Field<@Size(max = 256) String> description,
            @NotNull Field<ObjectNode> customData,
            @NotNull Field<Boolean> isMfaRequired,
            @NotNull Field<Color> color,
            @NotNull Field<Branding> branding,
            Field<@Size(max = LONGEST_CSS) String> customCss) {

        Organization laidOver(Organization old) {
            return new Organization(
                    old.id(),
                    name.toOptional().orElse(old.name()),
                    description.orElse(old.description()),
                    customData.toOptional().orElse(old.customData()),
                    isMfaRequired.toOptional().orElse(old.isMfaRequired()),
                    color.isPresent() ? document(color.toOptional()) : old.color(),
                    branding.isPresent() ? document(branding.toOptional()) : old.branding(),
                    customCss.orElse(old.customCss()),
                    old.createdAt());
        }
    }

    private static ObjectNode document(Optional<?> value) {
        return value.map(v -> (ObjectNode) Json.tree(v)).orElseGet(Json::object);
    }

    /** An image of a page that asks for passwords: addresses that could be run as a script are none. */
    private static void requireUrl(String url, String name) {
        try {
            URI uri = new URI(url);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web && uri.getHost() != null && url.length() <= 2048) {
                return;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new InvalidValue("Invalid url", name);
    }
}
