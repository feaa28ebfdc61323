package dev.ostiary.pages;

import dev.ostiary.experience.SignInExperience;
import dev.ostiary.http.Request;
import dev.ostiary.json.InvalidValue;
import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A look at the pages with settings that are not saved yet: {@code preview=<base64url of JSON>}, or {@code preview=1} for
 * those that are. Its forms lead nowhere.
 *
 * <p>Whoever can make a visitor follow a link could dress our page as he likes. So unsaved settings count only in a frame
 * (which the policy grants to the console alone) or on the way from a site of the same owner.
 */
record Preview(SignInExperience settings, Theme.Scheme scheme) {
    private static final List<String> MEMBERS = List.of(
            "color",
            "branding",
            "customCss",
            "signIn",
            "signUp",
            "signInMode",
            "singleSignOnEnabled",
            "languageInfo",
            "termsOfUseUrl",
            "privacyPolicyUrl",
            "agreeToTermsPolicy",
            "hideLogtoBranding");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "same-site");
    private static final int LONGEST = 65_536;

    /** Empty if none is asked for. */
    static Optional<Preview> of(Request request, SignInExperience saved) {
        String asked = request.query().get("preview");
        if (asked == null) {
            return Optional.empty();
        }
        boolean unsaved = asked.length() > 4 && mayBeDressed(request);
        SignInExperience settings = unsaved ? merge(saved, asked) : saved;
        return Optional.of(new Preview(settings, scheme(request)));
    }

    private static boolean mayBeDressed(Request request) {
        String destination = request.header("Sec-Fetch-Dest");
        String site = request.header("Sec-Fetch-Site");
        return destination == null || destination.equals("iframe") || (site != null && OWN_SITE.contains(site));
    }

    private static Theme.Scheme scheme(Request request) {
        return switch (request.query().first("preview_scheme").orElse("")) {
            case "light" -> Theme.Scheme.LIGHT;
            case "dark" -> Theme.Scheme.DARK;
            default -> Theme.Scheme.PREFERRED;
        };
    }

    private static SignInExperience merge(SignInExperience saved, String encoded) {
        if (encoded.length() > LONGEST) {
            throw PageError.PREVIEW_MALFORMED.exception();
        }
        try {
            String json = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            JsonNode unsaved = Json.read(json);
            ObjectNode all = (ObjectNode) Json.tree(saved);
            for (String member : MEMBERS) {
                JsonNode value = unsaved.path(member);
                if (value.isObject() && all.path(member) instanceof ObjectNode known) {
                    known.setAll((ObjectNode) value);
                } else if (!value.isMissingNode()) {
                    all.set(member, value);
                }
            }
            return Shape.of(SignInExperience.class).read(all);
        } catch (JacksonException | IllegalArgumentException | InvalidValue malformed) {
            throw PageError.PREVIEW_MALFORMED.exception();
        }
    }
}
