package dev.ostiary.oidc;

import java.time.Duration;
import java.util.regex.Pattern;

/** How organizations are named in requests and tokens. */
public final class OrganizationTokens {
    /** The resource indicator by which a client asks for scopes of organizations, of whichever. */
    public static final String RESOURCE = "urn:logto:resource:organizations";

    /** Of a token for an organization. */
    public static final Duration LIFETIME = Duration.ofHours(1);

    private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,21}");

    private OrganizationTokens() {}

    /** The {@code aud} of a token for an organization; no resource can have it as its indicator. */
    public static String audience(String organizationId) {
        return "urn:logto:organization:" + organizationId;
    }

    /** Whether an organization could have that id at all; others are not worth a look. */
    public static boolean isPossible(String organizationId) {
        return ID.matcher(organizationId).matches();
    }
}
