package dev.ostiary.pages;

import dev.ostiary.crypto.Hmac;
import dev.ostiary.http.Cookie;
import dev.ostiary.http.Request;
import dev.ostiary.http.Site;
import dev.ostiary.interactions.Interaction;
import dev.ostiary.json.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a provider has said of the visitor before an application asked (OpenID Connect Core section 4): which connector, and
 * perhaps under which name. A signed cookie of five minutes, good once and for the one application; all it does is to
 * choose the connector, so a forged one would gain nothing but a visit to a provider.
 */
final class SsoAnnouncements {
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final String NAME = "_sso_announced";

    private final Function<String, Hmac> hmac;
    private final Clock clock;

    /** @param hmac of a tenant */
    SsoAnnouncements(Function<String, Hmac> hmac, Clock clock) {
        this.hmac = hmac;
        this.clock = clock;
    }

    /** @param loginHint empty if none was given */
    record Announcement(String connectorId, String loginHint) {}

    /** @param target where the visitor goes on to: the application there is meant */
    Cookie announce(Request request, Announcement told, String target) {
        ObjectNode json = Json.object();
        json.put("connector", told.connectorId());
        json.put("hint", told.loginHint());
        json.put("origin", origin(target));
        json.put("until", clock.instant().plus(LIFETIME).toEpochMilli());
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(json));
        String value = text + "." + hmac.apply(request.tenant()).sign(signed(request.tenant(), text));
        return Cookie.lasting(name(request.site()), value, "/", LIFETIME);
    }

    Cookie removal(Request request) {
        return Cookie.removal(name(request.site()), "/");
    }

    /** Whether anything was, for whomever; cheap to ask. */
    boolean isAnnounced(Request request) {
        return request.cookie(name(request.site())).isPresent();
    }

    /** What was announced for the application of this interaction. */
    Optional<Announcement> read(Request request, Interaction interaction) {
        return request.cookie(name(request.site()))
                .flatMap(value -> open(request.tenant(), value))
                .filter(json -> json.path("until").asLong(0) > clock.millis())
                .filter(json -> interaction
                        .param("redirect_uri")
                        .map(SsoAnnouncements::origin)
                        .filter(json.path("origin").asString("")::equals)
                        .isPresent())
                .map(json -> new Announcement(
                        json.path("connector").asString(""), json.path("hint").asString("")));
    }

    private Optional<JsonNode> open(String tenant, String value) {
        int dot = value.indexOf('.');
        if (dot < 0 || !hmac.apply(tenant).verify(signed(tenant, value.substring(0, dot)), value.substring(dot + 1))) {
            return Optional.empty();
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(value.substring(0, dot));
            return Optional.of(Json.read(new String(json, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | JacksonException malformed) {
            return Optional.empty();
        }
    }

    private static String signed(String tenant, String text) {
        return "sso-announcement\0" + tenant + '\0' + text;
    }

    private static String name(Site site) {
        return site.isSecure() ? "__Host-" + NAME : NAME;
    }

    private static String origin(String address) {
        try {
            URI uri = new URI(address);
            return (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
