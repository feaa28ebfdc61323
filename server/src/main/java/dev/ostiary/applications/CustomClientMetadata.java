package dev.ostiary.applications;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Token settings of a client, under the names of the wire; what is absent has the default that the methods tell.
 *
 * @param idTokenTtl seconds
 * @param refreshTokenTtl seconds; the older form of refreshTokenTtlInDays
 * @param refreshTokenTtlInDays 1 to 180
 * @param tenantId kept for clients that set it; means nothing here
 * @param maxAllowedGrants how many grants of one user may be alive at once
 * @param dpop ours: off unless set
 * @param securityProfile ours: none unless set
 * @param standardClaims ours: see {@link Application#keepsStandardClaims}
 * @param idTokenSignedResponseAlg ours, under the name of OpenID Connect Dynamic Client Registration: see {@link
 *     Application#idTokenAlgorithm}
 */
public record CustomClientMetadata(
        Optional<List<@Size(min = 1, max = 2048) String>> corsAllowedOrigins,
        Optional<@Min(1) @Max(31_536_000) Long> idTokenTtl,
        Optional<@Min(1) @Max(31_536_000) Long> refreshTokenTtl,
        Optional<@Min(1) @Max(180) Long> refreshTokenTtlInDays,
        Optional<@Size(max = 64) String> tenantId,
        Optional<Boolean> alwaysIssueRefreshToken,
        Optional<Boolean> rotateRefreshToken,
        Optional<Boolean> allowTokenExchange,
        Optional<Boolean> isDeviceFlow,
        Optional<@Min(1) @Max(1_000_000) Long> maxAllowedGrants,
        Optional<Dpop> dpop,
        Optional<SecurityProfile> securityProfile,
        Optional<Boolean> standardClaims,
        Optional<@Size(min = 1, max = 64) String> idTokenSignedResponseAlg) {

    public static final CustomClientMetadata DEFAULTS =
            Shape.of(CustomClientMetadata.class).read(Json.object());

    static final CustomClientMetadata ALWAYS_REFRESHING =
            Shape.of(CustomClientMetadata.class).read(Json.object().put("alwaysIssueRefreshToken", true));

    static final CustomClientMetadata FOR_DEVICES =
            Shape.of(CustomClientMetadata.class).read(Json.object().put("isDeviceFlow", true));

    /** One hour unless set. */
    public Duration idTokenLifetime() {
        return Duration.ofSeconds(idTokenTtl.orElse(3600L));
    }

    /** Fourteen days unless set. */
    public Duration refreshTokenLifetime() {
        return refreshTokenTtlInDays
                .map(Duration::ofDays)
                .or(() -> refreshTokenTtl.map(Duration::ofSeconds))
                .orElse(Duration.ofDays(14));
    }

    /** Whether refresh tokens change when they are used; with a profile never (FAPI 2.0 section 5.3.2.1). */
    public boolean rotates() {
        return rotateRefreshToken.orElse(true) && !isFapi();
    }

    /** Whether a web client gets refresh tokens without asking for offline_access. */
    public boolean alwaysRefreshes() {
        return alwaysIssueRefreshToken.orElse(false);
    }

    public boolean exchangesTokens() {
        return allowTokenExchange.orElse(false);
    }

    /** Required by the profile, else as set. */
    public Dpop dpopMode() {
        return isFapi() ? Dpop.REQUIRED : dpop.orElse(Dpop.OFF);
    }

    @JsonIgnore
    public boolean isFapi() {
        return securityProfile.isPresent();
    }

    public boolean deviceFlow() {
        return isDeviceFlow.orElse(false);
    }
}
