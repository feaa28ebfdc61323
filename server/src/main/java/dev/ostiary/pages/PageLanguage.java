package dev.ostiary.pages;

import dev.ostiary.errors.Texts;
import dev.ostiary.experience.SignInExperience.LanguageInfo;
import dev.ostiary.http.Cookie;
import dev.ostiary.http.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which of our languages a visitor reads. */
final class PageLanguage {
    /** Of the query: what was chosen at the foot of the page. */
    static final String CHOICE = "lang";

    /** Below the callback: the language of the page that a visitor left for a provider, whose answer has no word of it. */
    private static final String LEFT_IN = "_sso_lang";

    static final Map<String, String> NAMES = Map.of("en", "English", "ja", "日本語", "zh-CN", "简体中文");
    private static final int LONGEST_HEADER = 1000;

    private PageLanguage() {}

    /**
     * What the visitor chose here, else what the application asked for, else what the browser prefers, else the tenant's
     * own language; English where we do not write that one.
     *
     * @param uiLocales tags with spaces between, most wanted first
     */
    static String of(Request request, LanguageInfo settings, @Nullable String uiLocales) {
        List<String> wanted = new ArrayList<>();
        request.query().first(CHOICE).ifPresent(wanted::add);
        request.cookie(LEFT_IN).ifPresent(wanted::add);
        if (uiLocales != null && uiLocales.length() <= LONGEST_HEADER) {
            wanted.addAll(Arrays.asList(uiLocales.strip().split("[\\s,]+")));
        }
        if (settings.autoDetect()) {
            wanted.addAll(ofBrowser(request));
        }
        wanted.add(settings.fallbackLanguage());
        return wanted.stream()
                .map(PageLanguage::match)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("en");
    }

    /** For who leaves from a page in this language and comes back to the callback. */
    static Cookie leaving(String language) {
        return Cookie.lasting(LEFT_IN, language, CallbackPages.BELOW, Duration.ofHours(1));
    }

    /** Where no settings can be read. */
    static String of(Request request) {
        return of(request, new LanguageInfo(true, "en"), request.query().get("ui_locales"));
    }

    private static List<String> ofBrowser(Request request) {
        String header = request.header("Accept-Language");
        if (header == null || header.isBlank() || header.length() > LONGEST_HEADER) {
            return List.of();
        }
        try {
            return Locale.LanguageRange.parse(header).stream()
                    .filter(range -> range.getWeight() > 0)
                    .map(Locale.LanguageRange::getRange)
                    .toList();
        } catch (IllegalArgumentException malformed) {
            return List.of();
        }
    }

    private static Optional<String> match(String tag) {
        String wanted = tag.toLowerCase(Locale.ROOT);
        if (wanted.equals("zh") || wanted.matches("zh-(hans|cn|sg)(-.*)?")) {
            return Optional.of("zh-CN");
        }
        return Texts.LANGUAGES.stream()
                .filter(ours -> wanted.equals(ours) || wanted.startsWith(ours + "-"))
                .findFirst();
    }
}
