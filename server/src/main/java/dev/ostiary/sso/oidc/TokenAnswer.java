package dev.ostiary.sso.oidc;

import dev.ostiary.crypto.Secret;
import dev.ostiary.json.Json;
import dev.ostiary.sso.SsoFault;
import dev.ostiary.sso.TokenSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a token endpoint granted (RFC 6749 section 5.1, OpenID Connect Core section 3.1.3.3). */
record TokenAnswer(
        Secret accessToken,
        Optional<Secret> idToken,
        Optional<Secret> refreshToken,
        Optional<Duration> expiresIn,
        Optional<String> scope) {
    private static final long LONGEST_LIFE = Duration.ofDays(3650).toSeconds();

    static TokenAnswer read(String body) {
        JsonNode json;
        try {
            json = Json.read(body);
        } catch (JacksonException e) {
            throw ConnectorError.INVALID_RESPONSE.of(SsoFault.TOKEN_ANSWER_INVALID);
        }
        Secret access = text(json, "access_token")
                .map(Secret::new)
                .orElseThrow(() -> ConnectorError.INVALID_RESPONSE.of(SsoFault.TOKEN_ANSWER_INVALID));
        return new TokenAnswer(
                access,
                text(json, "id_token").map(Secret::new),
                text(json, "refresh_token").map(Secret::new),
                seconds(json.path("expires_in")),
                text(json, "scope"));
    }

    private static Optional<String> text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isString() && !value.stringValue().isBlank() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    /** Some, version 1 of Entra among them, write the number as a text. Unreadable means unknown. */
    private static Optional<Duration> seconds(JsonNode value) {
        try {
            long seconds = value.isString()
                    ? Long.parseLong(value.stringValue().strip())
                    : value.isNumber() ? (long) value.doubleValue() : -1;
            return seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(Math.min(seconds, LONGEST_LIFE)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** @param asked the scope of the request, which is granted as asked unless the answer says otherwise */
    TokenSet toKeep(Instant now, String asked, Optional<Secret> olderRefreshToken) {
        return new TokenSet(
                accessToken, refreshToken.or(() -> olderRefreshToken), expiresIn.map(now::plus), scope.orElse(asked));
    }
}
