package dev.ostiary.pages;

import dev.ostiary.http.Response;
import dev.ostiary.interactions.Interaction;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a browser may do with a page (AZ9): load nothing from elsewhere, show it in no frame, keep no copy. */
final class PageHeaders {
    private PageHeaders() {}

    /** @param consoleOrigin who may show previews in a frame */
    static Response apply(Response response, Stage stage, Look look, List<String> shown, String consoleOrigin) {
        String policy = policy(stage, look, shown, stage.isPreview() ? consoleOrigin : "'none'");
        Response page = response.with("Content-Security-Policy", policy)
                .with("Cache-Control", "no-store")
                .with("Referrer-Policy", "no-referrer")
                .with("Vary", "Accept-Language, Cookie");
        return stage.isPreview() ? page : page.with("X-Frame-Options", "DENY");
    }

    /** For pages that need no more than our own files. */
    static Response plain(Response response) {
        return response.with(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
                                + "base-uri 'none'; frame-ancestors 'none'")
                .with("Cache-Control", "no-store")
                .with("Referrer-Policy", "no-referrer")
                .with("X-Frame-Options", "DENY");
    }

    private static String policy(Stage stage, Look look, List<String> shown, String ancestors) {
        Set<String> images = new LinkedHashSet<>();
        images.add("'self'");
        images.add("data:");
        addSource(images, look.logo());
        addSource(images, look.darkLogo());
        addSource(images, look.favicon());
        addSource(images, look.darkFavicon());
        shown.forEach(image -> addSource(images, image));
        return "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'"
                + (stage.isPreview() ? " data:" : "") + "; img-src " + String.join(" ", images)
                + "; font-src 'self' data:; form-action " + formTargets(stage) + "; base-uri 'none'; frame-ancestors "
                + ancestors;
    }

    private static void addSource(Set<String> sources, @Nullable String address) {
        if (address == null || address.startsWith("/") || address.startsWith("data:")) {
            return;
        }
        try {
            URI uri = new URI(address);
            if (hasPlainHost(uri)) {
                String path = uri.getRawPath() == null ? "" : uri.getRawPath();
                sources.add(uri.getScheme() + "://" + uri.getRawAuthority()
                        + path.replace(";", "%3B").replace(",", "%2C"));
            }
        } catch (URISyntaxException e) {
            // Not shown either.
        }
    }

    /**
     * Browsers check every redirect that follows a form, so the application's callback has to be among the targets, and
     * where it sends the visitor next: https as such, and what else the redirect URI needs.
     */
    private static String formTargets(Stage stage) {
        if (stage.isPreview()) {
            return "'none'";
        }
        Interaction interaction = stage.interaction();
        String redirect =
                interaction == null ? null : interaction.param("redirect_uri").orElse(null);
        if (redirect == null) {
            return "'self' https:";
        }
        try {
            URI uri = new URI(redirect);
            String scheme = uri.getScheme();
            if (scheme == null || !scheme.matches("[A-Za-z][A-Za-z0-9+.-]*") || scheme.equals("https")) {
                return "'self' https:";
            }
            if (scheme.equals("http")) {
                return "'self' https:" + (hasPlainHost(uri) ? " http://" + uri.getRawAuthority() : "");
            }
            return "'self' https: " + scheme + ":";
        } catch (URISyntaxException e) {
            return "'self' https:";
        }
    }

    /** Nothing that could end a source or a directive. */
    private static boolean hasPlainHost(URI uri) {
        return uri.getHost() != null && uri.getRawAuthority().matches("[A-Za-z0-9.:\\[\\]_-]+");
    }
}
