package dev.ostiary.pages;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.ApplicationSource;
import dev.ostiary.errors.Texts;
import dev.ostiary.experience.SignInExperience;
import dev.ostiary.http.Request;
import dev.ostiary.pages.Frame.LanguageChoice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the frame around a page. */
final class Frames {
    private final Assets assets;

    Frames(Assets assets) {
        this.assets = assets;
    }

    /** @param title what the page is about */
    Frame of(Stage stage, String title) {
        return of(stage, title, List.of(assets.address("pages.js")));
    }

    Frame of(Stage stage, String title, List<String> scripts) {
        String name = stage.applicationName();
        String full =
                name == null ? title : stage.say("title.application", Map.of("title", title, "application", name));
        return new Frame(
                stage.phrases(),
                full,
                name,
                look(stage),
                stage.legal(),
                languages(stage.request(), stage.phrases()),
                scripts,
                stage.isPreview());
    }

    /** For who listens: the window's title tells first that something is to be corrected. */
    Frame erroneous(Stage stage, String title) {
        return of(stage, stage.say("title.error", Map.of("title", title)));
    }

    /** Without a tenant's settings: as we look ourselves. */
    Frame plain(Request request, Phrases phrases, String title) {
        Look look = new Look(
                List.of(assets.address("pages.css"), assets.address("own.css")),
                null,
                null,
                "",
                assets.address("favicon.svg"),
                null,
                true);
        return new Frame(phrases, title, null, look, Legal.NONE, languages(request, phrases), List.of(), false);
    }

    private Look look(Stage stage) {
        SignInExperience settings = stage.settings();
        SignInExperience.Branding branding = settings.branding();
        boolean dark = settings.color().isDarkModeEnabled() && stage.scheme() != Theme.Scheme.LIGHT;
        String logo = Legal.web(branding.logoUrl().orElse(null));
        String darkLogo = dark ? Legal.web(branding.darkLogoUrl().orElse(null)) : null;
        String own = ownLogo(stage);
        if (own != null) {
            logo = own;
            darkLogo = null;
        }
        if (logo == null || (darkLogo != null && stage.scheme() == Theme.Scheme.DARK)) {
            logo = darkLogo;
            darkLogo = null;
        }
        String favicon = Legal.web(branding.favicon().orElse(null));
        return new Look(
                styleSheets(stage),
                logo,
                darkLogo,
                logoText(stage),
                favicon == null ? assets.address("favicon.svg") : favicon,
                Legal.web(branding.darkFavicon().orElse(null)),
                !settings.hideLogtoBranding());
    }

    private static String logoText(Stage stage) {
        String text = stage.brand().hasOrganizationLogo() ? stage.brand().organizationName() : stage.applicationName();
        return Objects.requireNonNullElse(text, "");
    }

    /**
     * The address that an application has registered (RFC 7591); what its sign-in experience says comes before that. A
     * stranger's is not shown: it could be anybody's (DR3), and its host would learn who looks at the page.
     */
    private static @Nullable String ownLogo(Stage stage) {
        Application application = stage.application();
        boolean isOver = stage.brand().hasApplicationLogo() || stage.brand().hasOrganizationLogo();
        return application == null || isOver || application.source() != ApplicationSource.TENANT
                ? null
                : Legal.web(application.oidcClientMetadata().logoUri().orElse(null));
    }

    private List<String> styleSheets(Stage stage) {
        List<String> sheets = new ArrayList<>();
        sheets.add(assets.address("pages.css"));
        sheets.add(address(stage, "theme.css", Theme.css(stage.settings().color(), stage.scheme())));
        String custom = stage.settings().customCss();
        if (custom != null && !custom.isBlank()) {
            sheets.add(address(stage, "custom.css", custom));
        }
        return sheets;
    }

    /** Unsaved styles have no address; encoded as they are, nothing in them can end the attribute or the tag (XS3). */
    private static String address(Stage stage, String name, String css) {
        return stage.isPreview()
                ? "data:text/css;charset=utf-8;base64,"
                        + Base64.getEncoder().encodeToString(css.getBytes(StandardCharsets.UTF_8))
                : Assets.ROOT + Assets.hashed(name, css) + stage.brand().query();
    }

    private static List<LanguageChoice> languages(Request request, Phrases phrases) {
        if (request.path().startsWith(CallbackPages.BELOW)) {
            // An answer of a provider counts once: the same page in another language would be one that says so.
            return List.of();
        }
        List<LanguageChoice> choices = new ArrayList<>();
        for (String tag : Texts.LANGUAGES) {
            String query = request.query().with(PageLanguage.CHOICE, tag).encode();
            choices.add(new LanguageChoice(
                    tag, PageLanguage.NAMES.getOrDefault(tag, tag), "?" + query, tag.equals(phrases.language())));
        }
        return choices;
    }
}
