package dev.ostiary.applications;

import dev.ostiary.json.InvalidValue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Wire shapes of applications and their secrets. */
public final class ApplicationJson {
    private ApplicationJson() {}

    /**
     * An application without its secrets (MA5).
     *
     * @param isAdmin only where one application is asked for
     * @param source ours: absent where the tenant has made it
     */
    public record View(
            String tenantId,
            String id,
            String name,
            @Nullable String description,
            ApplicationType type,
            OidcClientMetadata oidcClientMetadata,
            CustomClientMetadata customClientMetadata,
            @Nullable JsonNode protectedAppMetadata,
            ObjectNode customData,
            boolean isThirdParty,
            boolean appLevelAccessControlEnabled,
            long createdAt,
            Optional<Boolean> isAdmin,
            Optional<ApplicationSource> source) {

        public static View of(String tenant, Application application) {
            return of(tenant, application, Optional.empty());
        }

        static View of(String tenant, Application application, Optional<Boolean> isAdmin) {
            return new View(
                    tenant,
                    application.id(),
                    application.name(),
                    application.description(),
                    application.type(),
                    application.oidcClientMetadata(),
                    application.customClientMetadata(),
                    application.protectedAppMetadata(),
                    application.customData(),
                    application.isThirdParty(),
                    application.appLevelAccessControlEnabled(),
                    application.createdAt().toEpochMilli(),
                    isAdmin,
                    Optional.of(application.source()).filter(source -> source != ApplicationSource.TENANT));
        }
    }

    record Create(
            @Size(min = 1, max = 256) String name,
            @Nullable String description,
            ApplicationType type,
            Optional<OidcClientMetadata> oidcClientMetadata,
            Optional<CustomClientMetadata> customClientMetadata,
            Optional<ObjectNode> customData,
            Optional<Boolean> isThirdParty,
            Optional<ObjectNode> protectedAppMetadata) {
        Create {
            oidcClientMetadata.ifPresent(ApplicationJson::check);
        }
    }

    /** Objects are replaced as a whole, as on the wire. */
    record Patch(
            Optional<@Size(min = 1, max = 256) String> name,
            dev.ostiary.json.Field<String> description,
            Optional<OidcClientMetadata> oidcClientMetadata,
            Optional<CustomClientMetadata> customClientMetadata,
            Optional<ObjectNode> customData,
            Optional<Boolean> appLevelAccessControlEnabled,
            Optional<ObjectNode> protectedAppMetadata,
            Optional<Boolean> isAdmin) {
        Patch {
            oidcClientMetadata.ifPresent(ApplicationJson::check);
        }
    }

    /** A secret, revealed. */
    public record SecretView(
            String tenantId,
            String applicationId,
            String name,
            String value,
            long createdAt,
            @Nullable Long expiresAt) {}

    /** @param expiresAt milliseconds since the epoch */
    record CreateSecret(
            @Size(min = 1, max = 256) String name, @Min(0) @Max(253_402_300_799_999L) @Nullable Long expiresAt) {
        CreateSecret {
            checkName(name);
        }

        @Nullable
        Instant expiry() {
            return expiresAt == null ? null : Instant.ofEpochMilli(expiresAt);
        }
    }

    record RenameSecret(@Size(min = 1, max = 256) String name) {
        RenameSecret {
            checkName(name);
        }
    }

    /** The name is one segment of the secret's URL. */
    private static void checkName(String name) {
        if (name.indexOf('/') >= 0 || name.equals(".") || name.equals("..")) {
            throw new InvalidValue("Must not contain a slash", "name");
        }
    }

    private static void check(OidcClientMetadata metadata) {
        String component = "oidcClientMetadata";
        check(metadata.redirectUris(), component, "redirectUris");
        check(metadata.postLogoutRedirectUris(), component, "postLogoutRedirectUris");
        checkWebUrl(metadata.backchannelLogoutUri(), component, "backchannelLogoutUri");
        checkWebUrl(metadata.frontchannelLogoutUri(), component, "frontchannelLogoutUri");
        if (metadata.frontchannelLogoutUri()
                .filter(uri -> !RedirectUris.shareOrigin(metadata.redirectUris(), uri))
                .isPresent()) {
            throw new InvalidValue(
                    "Must have scheme, host and port of a registered redirect URI", component, "frontchannelLogoutUri");
        }
        metadata.initiateLoginUri().flatMap(RedirectUris::faultOfLoginUri).ifPresent(fault -> {
            throw new InvalidValue(fault, component, "initiateLoginUri");
        });
        checkWebUrl(metadata.jwksUri(), component, "jwksUri");
        // An empty logo is how forms say that there is none.
        checkWebUrl(metadata.logoUri().filter(uri -> !uri.isEmpty()), component, "logoUri");
    }

    private static void check(List<String> uris, String component, String key) {
        for (int i = 0; i < uris.size(); i++) {
            int index = i;
            RedirectUris.fault(uris.get(i)).ifPresent(fault -> {
                throw new InvalidValue(fault, component, key, index);
            });
        }
    }

    private static void checkWebUrl(Optional<String> url, String component, String key) {
        url.flatMap(RedirectUris::faultOfWebUrl).ifPresent(fault -> {
            throw new InvalidValue(fault, component, key);
        });
    }
}
