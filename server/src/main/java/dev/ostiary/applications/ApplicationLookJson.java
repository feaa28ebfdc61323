package dev.ostiary.applications;

import dev.ostiary.json.Field;
import dev.ostiary.json.InvalidValue;
import dev.ostiary.json.Json;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Wire shapes of how an application shows itself. */
final class ApplicationLookJson {
    private static final String HEX_COLOR = "(?i)#[\\da-f]{3}([\\da-f]{3})?";

    private ApplicationLookJson() {}

    record View(
            String tenantId,
            String applicationId,
            ObjectNode color,
            ObjectNode branding,
            @Nullable String customCss,
            @Nullable String termsOfUseUrl,
            @Nullable String privacyPolicyUrl,
            @Nullable String displayName) {

        static View of(String tenant, String id, ApplicationLook look) {
            return new View(
                    tenant,
                    id,
                    look.color(),
                    look.branding(),
                    look.customCss(),
                    look.termsOfUseUrl(),
                    look.privacyPolicyUrl(),
                    look.displayName());
        }
    }

    record Color(
            Optional<@Pattern(regexp = HEX_COLOR) String> primaryColor,
            Optional<Boolean> isDarkModeEnabled,
            Optional<@Pattern(regexp = HEX_COLOR) String> darkPrimaryColor) {}

    record Branding(
            Optional<@Size(max = 2048) String> logoUrl,
            Optional<@Size(max = 2048) String> darkLogoUrl,
            Optional<@Size(max = 2048) String> favicon,
            Optional<@Size(max = 2048) String> darkFavicon) {
        Branding {
            BiConsumer<Optional<String>, String> check =
                    (url, name) -> checkUrl(url.filter(text -> !text.isBlank()).orElse(null), name);
            check.accept(logoUrl, "logoUrl");
            check.accept(darkLogoUrl, "darkLogoUrl");
            check.accept(favicon, "favicon");
            check.accept(darkFavicon, "darkFavicon");
        }
    }

    /** What is left out stays as it is; the two addresses must be there, though they may be null or empty. */
    record Put(
            Optional<Color> color,
            Optional<Branding> branding,
            Field<@Size(max = 65_536) String> customCss,
            Field<@Size(max = 256) String> displayName,
            Field<@Size(max = 2048) String> termsOfUseUrl,
            Field<@Size(max = 2048) String> privacyPolicyUrl) {
        Put {
            require(termsOfUseUrl, "termsOfUseUrl");
            require(privacyPolicyUrl, "privacyPolicyUrl");
        }

        ApplicationLook over(ApplicationLook before) {
            return new ApplicationLook(
                    color.map(given -> (ObjectNode) Json.tree(given)).orElse(before.color()),
                    branding.map(given -> (ObjectNode) Json.tree(given)).orElse(before.branding()),
                    customCss.orElse(before.customCss()),
                    empty(termsOfUseUrl.orElse(null)),
                    empty(privacyPolicyUrl.orElse(null)),
                    empty(displayName.orElse(before.displayName())));
        }

        private static void require(Field<String> url, String name) {
            if (!url.isPresent()) {
                throw new InvalidValue("Required", name);
            }
            checkUrl(empty(url.orElse(null)), name);
        }

        private static @Nullable String empty(@Nullable String text) {
            return text == null || text.isBlank() ? null : text;
        }
    }

    /** Shown as a link or a picture on pages that ask for passwords: an address of the web, and nothing that runs. */
    private static void checkUrl(@Nullable String url, String name) {
        if (url != null) {
            RedirectUris.faultOfWebUrl(url).ifPresent(fault -> {
                throw new InvalidValue(fault, name);
            });
        }
    }
}
