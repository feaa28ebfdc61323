package dev.ostiary.oidc;

import dev.ostiary.base.Ids;
import dev.ostiary.http.Response;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The few pages of the protocol itself: a form that carries an answer to a client, and signing out. A form submits itself
 * where scripts run and has a button where they do not. Nothing may frame these pages, nothing else may run in them.
 */
public final class OidcPages {
    private static final TemplateEngine TEMPLATES =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.ostiary.pages.generated");
    private static final Map<String, Properties> TEXTS =
            Map.of("en", load("en"), "ja", load("ja"), "zh-CN", load("zh-CN"));
    private static final Pattern SOURCE = Pattern.compile("https?://[A-Za-z0-9._~:/%@!$&*+=\\[\\]-]+");
    private static final Ids NONCES = Ids.secure();

    private OidcPages() {}

    /**
     * @param id of the form, by which clients without a browser find it
     * @param title and the other texts: in the visitor's language
     * @param action null for a page without a form
     * @param decline what a second button says, which sends {@code logout=no}; null where nothing is asked. It has a form
     *     of its own: clients without a browser send the fields of the first as they are
     * @param submits whether the form submits itself
     * @param theme a style sheet of custom properties, empty for our own colours; without the signs that HTML escapes
     */
    public record Form(
            String id,
            String language,
            String title,
            String text,
            String button,
            @Nullable String decline,
            @Nullable String action,
            Map<String, String> fields,
            boolean submits,
            String nonce,
            String theme) {}

    /**
     * A page that is left by itself.
     *
     * @param target where it leads
     * @param frames addresses that are loaded before
     */
    public record Leaving(
            String language,
            String title,
            String text,
            String button,
            String target,
            List<String> frames,
            String nonce,
            String theme) {}

    /** OAuth 2.0 Form Post Response Mode. */
    public static Response formPost(
            int status, String action, String formSource, Map<String, String> fields, String language) {
        return render(status, "formPost", null, language, "", action, formSource, fields, true);
    }

    /**
     * Asks whether to sign out, and answers itself where the application is known that sent the visitor here.
     *
     * @param answersItself false for a visit out of nowhere: an image or a link must not sign anybody out
     * @param mayDecline whether there is somebody who could stay signed in
     * @param theme a style sheet of custom properties, here and in the other pages
     */
    public static Response signOut(
            Map<String, String> fields, boolean answersItself, boolean mayDecline, String language, String theme) {
        return render(
                200,
                answersItself ? "signingOut" : "signOut",
                mayDecline && !answersItself ? "signOut.decline" : null,
                language,
                theme,
                "/oidc/session/end/confirm",
                // Where it leads in the end is the client's: form-action would hold for its redirects too.
                null,
                fields,
                answersItself);
    }

    /** Somebody else is signed in here: they are signed out before the new visitor goes on. */
    public static Response switchAccount(Map<String, String> fields, String language, String theme) {
        return render(200, "switchAccount", null, language, theme, "/oidc/session/end/confirm", "'self'", fields, true);
    }

    public static Response signedOut(String language, String theme) {
        return render(200, "signedOut", null, language, theme, null, "'none'", Map.of(), false);
    }

    /** After a "no" that leads to no application. */
    public static Response stillSignedIn(String language, String theme) {
        return render(200, "stillSignedIn", null, language, theme, null, "'none'", Map.of(), false);
    }

    /**
     * Loads what applications want loaded when their visitor signs out (OpenID Connect Front-Channel Logout 1.0), then goes
     * on: when all have answered, after a few seconds at most, and without scripts as well. The frames cannot lead the page
     * elsewhere.
     *
     * @param frames addresses on origins of registered redirect URIs
     * @param target checked
     */
    public static Response frontChannelLogout(List<String> frames, String target, String language, String theme) {
        Properties texts = TEXTS.getOrDefault(language, TEXTS.get("en"));
        String nonce = NONCES.token();
        Leaving page = new Leaving(
                language,
                text(texts, "leaving.title"),
                text(texts, "leaving.text"),
                text(texts, "leaving.button"),
                target,
                frames,
                nonce,
                theme);
        Utf8ByteOutput html = new Utf8ByteOutput();
        TEMPLATES.render("oidc/leaving.jte", page, html);
        String sources = frames.stream().map(OidcPages::source).distinct().collect(Collectors.joining(" "));
        return closed(Response.html(200, html.toByteArray()), nonce, "; frame-src " + sources + "; form-action 'none'");
    }

    /** An address as a policy names it: without what a policy would read as its own syntax. */
    private static String source(String address) {
        String path = address.replaceFirst("\\?.*", "");
        return SOURCE.matcher(path).matches() ? path : path.replaceFirst("^([a-z]+://[^/]+).*", "$1");
    }

    private static Response render(
            int status,
            String key,
            @Nullable String declineKey,
            String language,
            String theme,
            @Nullable String action,
            @Nullable String formSource,
            Map<String, String> fields,
            boolean submits) {
        Properties texts = TEXTS.getOrDefault(language, TEXTS.get("en"));
        String nonce = NONCES.token();
        Form form = new Form(
                key.equals("formPost") ? "answer" : "op.logoutForm",
                language,
                text(texts, key + ".title"),
                text(texts, key + ".text"),
                text(texts, key + ".button"),
                declineKey == null ? null : text(texts, declineKey),
                action,
                new LinkedHashMap<>(fields),
                submits,
                nonce,
                theme);
        Utf8ByteOutput page = new Utf8ByteOutput();
        TEMPLATES.render("oidc/form.jte", form, page);
        return closed(
                Response.html(status, page.toByteArray()),
                nonce,
                formSource == null ? "" : "; form-action " + formSource);
    }

    /** @param more directives, each after a semicolon */
    private static Response closed(Response page, String nonce, String more) {
        return page.with(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'nonce-" + nonce + "'; script-src 'nonce-" + nonce
                                + "'; frame-ancestors 'none'; base-uri 'none'" + more)
                .with("X-Frame-Options", "DENY")
                .with("Cache-Control", "no-store")
                .with("Referrer-Policy", "no-referrer");
    }

    private static String text(@Nullable Properties texts, String key) {
        return texts == null ? "" : texts.getProperty(key, "");
    }

    private static Properties load(String language) {
        Properties texts = new Properties();
        try (InputStream in = OidcPages.class.getResourceAsStream("/i18n/oidc." + language + ".properties")) {
            if (in == null) {
                throw new IllegalStateException("No texts of the protocol's pages in " + language);
            }
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
