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
import java.util.Map;
import java.util.Properties;
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
    private static final Ids NONCES = Ids.secure();

    private OidcPages() {}

    /**
     * @param id of the form, by which clients without a browser find it
     * @param title and the other texts: in the visitor's language
     * @param action null for a page without a form
     * @param submits whether the form submits itself
     */
    public record Form(
            String id,
            String language,
            String title,
            String text,
            String button,
            @Nullable String action,
            Map<String, String> fields,
            boolean submits,
            String nonce) {}

    /** OAuth 2.0 Form Post Response Mode. */
    public static Response formPost(
            int status, String action, String formSource, Map<String, String> fields, String language) {
        return render(status, "formPost", language, action, formSource, fields, true);
    }

    /**
     * Asks whether to sign out, and answers itself where the application is known that sent the visitor here.
     *
     * @param answersItself false for a visit out of nowhere: an image or a link must not sign anybody out
     */
    public static Response signOut(Map<String, String> fields, boolean answersItself, String language) {
        return render(
                200,
                answersItself ? "signingOut" : "signOut",
                language,
                "/oidc/session/end/confirm",
                // Where it leads in the end is the client's: form-action would hold for its redirects too.
                null,
                fields,
                answersItself);
    }

    /** Somebody else is signed in here: they are signed out before the new visitor goes on. */
    public static Response switchAccount(Map<String, String> fields, String language) {
        return render(200, "switchAccount", language, "/oidc/session/end/confirm", "'self'", fields, true);
    }

    public static Response signedOut(String language) {
        return render(200, "signedOut", language, null, "'none'", Map.of(), false);
    }

    private static Response render(
            int status,
            String key,
            String language,
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
                action,
                new LinkedHashMap<>(fields),
                submits,
                nonce);
        Utf8ByteOutput page = new Utf8ByteOutput();
        TEMPLATES.render("oidc/form.jte", form, page);
        return Response.html(status, page.toByteArray())
                .with(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'nonce-" + nonce + "'; script-src 'nonce-" + nonce
                                + "'; frame-ancestors 'none'; base-uri 'none'"
                                + (formSource == null ? "" : "; form-action " + formSource))
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
