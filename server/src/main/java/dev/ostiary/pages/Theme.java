package dev.ostiary.pages;

import dev.ostiary.experience.SignInExperience;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The colours of a tenant as a style sheet of custom properties: its own one, and those that follow from it. */
public final class Theme {
    /** Which of the two looks a page has. */
    enum Scheme {
        /** As the visitor prefers, where the tenant has a dark look. */
        PREFERRED,
        LIGHT,
        DARK
    }

    private static final Map<String, String> LIGHT = Map.ofEntries(
            Map.entry("ground", "#f8fafc"),
            Map.entry("surface", "#ffffff"),
            Map.entry("ink", "#0f172a"),
            Map.entry("muted", "#475569"),
            Map.entry("line", "#e2e8f0"),
            Map.entry("field", "#ffffff"),
            Map.entry("field-line", "#8290a5"),
            Map.entry("danger", "#b91c1c"),
            Map.entry("danger-ground", "#fef2f2"),
            Map.entry("danger-line", "#fecaca"),
            Map.entry("success", "#15803d"));

    private static final Map<String, String> DARK = Map.ofEntries(
            Map.entry("ground", "#111827"),
            Map.entry("surface", "#0b1220"),
            Map.entry("ink", "#f1f5f9"),
            Map.entry("muted", "#94a3b8"),
            Map.entry("line", "#1f2a3d"),
            Map.entry("field", "#111827"),
            Map.entry("field-line", "#5b6b84"),
            Map.entry("danger", "#fca5a5"),
            Map.entry("danger-ground", "#2a1218"),
            Map.entry("danger-line", "#7f1d1d"),
            Map.entry("success", "#4ade80"));

    private static final Colour VERDIGRIS = Colour.of("#0f766e");
    private static final Colour VERDIGRIS_ON_DARK = Colour.of("#2dd4bf");
    private static final Colour INK = Colour.of("#0f172a");

    private Theme() {}

    /** For pages that are not of this room: who signs out sees whom they signed in with. */
    public static String css(SignInExperience settings) {
        return css(settings.color(), Scheme.PREFERRED);
    }

    static String css(SignInExperience.Color color, Scheme scheme) {
        return css(color.primaryColor(), color.darkPrimaryColor(), color.isDarkModeEnabled(), scheme);
    }

    /** Where a tenant's settings cannot be read. */
    static String ownCss() {
        return css(VERDIGRIS.hex(), VERDIGRIS_ON_DARK.hex(), true, Scheme.PREFERRED);
    }

    private static String css(String primary, String darkPrimary, boolean hasDark, Scheme scheme) {
        String light =
                "color-scheme:light;" + properties(light(Colour.parse(primary).orElse(VERDIGRIS)));
        String dark =
                "color-scheme:dark;" + properties(dark(Colour.parse(darkPrimary).orElse(VERDIGRIS_ON_DARK)));
        if (!hasDark || scheme == Scheme.LIGHT) {
            return ":root{" + light + "}\n";
        }
        if (scheme == Scheme.DARK) {
            return ":root{" + dark + "}\n";
        }
        return ":root{" + light + "}\n@media (prefers-color-scheme:dark){:root{" + dark + "}}\n";
    }

    /** All colours of the light look, by the name of their custom property. */
    static Map<String, String> light(Colour primary) {
        return withAccent(LIGHT, primary);
    }

    static Map<String, String> dark(Colour primary) {
        return withAccent(DARK, primary);
    }

    private static Map<String, String> withAccent(Map<String, String> neutral, Colour primary) {
        Colour surface = Colour.of(neutral.getOrDefault("surface", ""));
        Colour ground = Colour.of(neutral.getOrDefault("ground", ""));
        Colour text = primary.textOnIt(INK);
        // Away from the text, so the contrast only grows.
        Colour away = text.equals(Colour.WHITE) ? Colour.BLACK : Colour.WHITE;
        Colour focus = primary.readableOn(Colour.SHAPE, surface, ground);
        Map<String, String> all = new LinkedHashMap<>(neutral);
        all.put("primary", primary.hex());
        all.put("on-primary", text.hex());
        all.put("primary-hover", primary.mix(away, 0.12).hex());
        all.put("primary-active", primary.mix(away, 0.22).hex());
        all.put("primary-line", focus.hex());
        all.put("link", primary.readableOn(Colour.TEXT, surface, ground).hex());
        all.put("mark", focus.hex());
        all.put("focus", focus.hex());
        all.put("focus-ring", focus.withAlpha("0.28"));
        all.put("danger-ring", Colour.of(neutral.getOrDefault("danger", "")).withAlpha("0.24"));
        return all;
    }

    private static String properties(Map<String, String> colours) {
        return colours.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> "--" + entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(";"));
    }
}
