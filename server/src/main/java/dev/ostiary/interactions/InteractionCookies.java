package dev.ostiary.interactions;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.http.Cookie;
import dev.ostiary.http.Request;
import dev.ostiary.http.Site;
import dev.ostiary.json.Json;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The cookies by which a browser names its interactions: {@code _interaction}, a map from client id to uid with the last
 * one under {@code _legacy}; {@code _interaction_resume} below the resume URL; {@code _logto}, readable by pages.
 *
 * <p>On https the map is called {@code __Host-_interaction}: a sibling domain cannot set such a cookie, so it cannot
 * plant an attacker's flow in a visitor's browser (RFC 6265bis section 4.1.3.2).
 */
public final class InteractionCookies {
    /** How long a visitor may take. */
    public static final Duration LIFETIME = Duration.ofHours(1);

    private static final String LATEST = "_legacy";
    private static final String MAP = "_interaction";
    private static final String RESUME = "_interaction_resume";
    private static final Pattern UID = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Flows that one browser keeps apart; the oldest is forgotten first. Bounds the cookie's size. */
    private static final int MOST = 12;

    private InteractionCookies() {}

    /** The cookies of a new interaction, beside those the browser has. */
    public static List<Cookie> starting(Request request, Interaction interaction) {
        Map<String, String> map = new LinkedHashMap<>(read(request));
        map.remove(LATEST);
        map.remove(key(interaction.clientId()));
        while (map.size() >= MOST) {
            map.remove(map.keySet().iterator().next());
        }
        map.put(key(interaction.clientId()), interaction.uid());
        map.put(LATEST, interaction.uid());
        return List.of(
                Cookie.session("_logto", context(interaction)).readableByScripts(),
                Cookie.lasting(mapName(request.site()), encode(map), "/", LIFETIME),
                Cookie.lasting(RESUME, interaction.uid(), interaction.resumePath(), LIFETIME));
    }

    /** Forgets a finished interaction; the other tabs' stay. */
    public static List<Cookie> ending(Request request, Interaction interaction) {
        Map<String, String> map = new LinkedHashMap<>(read(request));
        map.values().removeIf(interaction.uid()::equals);
        return List.of(
                map.isEmpty()
                        ? Cookie.removal(mapName(request.site()), "/")
                        : Cookie.lasting(mapName(request.site()), encode(map), "/", LIFETIME),
                Cookie.removal(RESUME, interaction.resumePath()));
    }

    /** When another interaction has taken the place of this one. */
    public static Cookie replacing(Interaction interaction) {
        return Cookie.removal(RESUME, interaction.resumePath());
    }

    /** The uid that belongs to a client, else the last one. */
    static Optional<String> uid(Request request, @Nullable String clientId) {
        Map<String, String> map = read(request);
        String own = clientId == null ? null : map.get(key(clientId));
        return Optional.ofNullable(own != null ? own : map.get(LATEST));
    }

    /** All that this browser has, the last one first. */
    static Set<String> uids(Request request) {
        Map<String, String> map = read(request);
        Set<String> uids = new LinkedHashSet<>();
        Optional.ofNullable(map.get(LATEST)).ifPresent(uids::add);
        // What a client writes into its cookie does not decide how often the database is asked.
        map.values().stream().limit(MOST + 1L).forEach(uids::add);
        return uids;
    }

    /**
     * Whether this browser was sent off with that interaction: both cookies must say so. The resume cookie alone could
     * have been planted by a sibling domain together with an interaction that the attacker answered himself.
     */
    static boolean mayResume(Request request, String uid) {
        return request.cookie(RESUME).filter(uid::equals).isPresent()
                && read(request).containsValue(uid);
    }

    static boolean isUid(String value) {
        return UID.matcher(value).matches();
    }

    private static Map<String, String> read(Request request) {
        String raw = request.cookie(mapName(request.site())).orElse("");
        if (isUid(raw)) {
            return Map.of(LATEST, raw);
        }
        Map<String, String> map = new LinkedHashMap<>();
        try {
            JsonNode tree = Json.read(URLDecoder.decode(raw, StandardCharsets.UTF_8));
            tree.properties().forEach(entry -> {
                JsonNode value = entry.getValue();
                if (value.isString() && isUid(value.asString())) {
                    map.put(entry.getKey(), value.asString());
                }
            });
        } catch (JacksonException | IllegalArgumentException malformed) {
            // A broken cookie is no cookie.
            return Map.of();
        }
        return map;
    }

    /** An id that is a URL may be as long as all that a cookie holds. */
    private static String key(String clientId) {
        return isUrl(clientId) ? "url:" + Hashes.sha256Base64Url(clientId).substring(0, 22) : clientId;
    }

    private static boolean isUrl(String clientId) {
        return clientId.startsWith("https://");
    }

    private static String encode(Map<String, String> map) {
        return URLEncoder.encode(Json.write(map), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String context(Interaction interaction) {
        ObjectNode context = Json.object();
        if (!isUrl(interaction.clientId())) {
            context.put("appId", interaction.clientId());
        }
        interaction.param("organization_id").ifPresent(id -> context.put("organizationId", id));
        interaction.param("ui_locales").ifPresent(locales -> context.put("uiLocales", locales));
        return cookieSafe(Json.write(context));
    }

    /** Raw JSON is the wire format; what a cookie may not hold is written as JSON escapes. */
    private static String cookieSafe(String json) {
        StringBuilder safe = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == ';') {
                safe.append(String.format("\\u%04x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    private static String mapName(Site site) {
        return site.isSecure() ? "__Host-" + MAP : MAP;
    }
}
