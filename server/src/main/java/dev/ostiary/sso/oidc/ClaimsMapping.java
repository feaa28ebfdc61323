package dev.ostiary.sso.oidc;

import dev.ostiary.json.Json;
import dev.ostiary.sso.EmailDomains;
import dev.ostiary.sso.OidcConfig;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoProfile;
import dev.ostiary.sso.SsoProvider;
import dev.ostiary.sso.TokenSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a profile of claims. What is not the text it should be is passed over, never replaced by a default (RP2).
 */
final class ClaimsMapping {
    private static final Pattern EMAIL = Pattern.compile("[^\\s\\p{C}@]{1,64}@[^\\s\\p{C}@]+\\.[^\\s\\p{C}@]+");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ().-]{4,30}");
    private static final Pattern WEB = Pattern.compile("https?://[^\\s\\p{C}\"<>]+", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_TEXT = 128;
    private static final int LONGEST_ADDRESS = 2048;
    private static final int LONGEST_CLAIM = 8192;
    private static final int LONGEST_DETAIL = 65_536;

    /** Of the token, not of the user; and those that the profile has under other names. */
    private static final Set<String> LEFT_OUT = Set.of(
            "iss",
            "aud",
            "exp",
            "iat",
            "nbf",
            "nonce",
            "azp",
            "jti",
            "at_hash",
            "c_hash",
            "s_hash",
            "sub",
            "name",
            "picture",
            "email",
            "email_verified",
            "phone",
            "phone_verified",
            "phone_number",
            "phone_number_verified");

    private final SsoConnector connector;
    private final OidcConfig config;
    private final ObjectNode claims;

    private ClaimsMapping(SsoConnector connector, OidcConfig config, ObjectNode claims) {
        this.connector = connector;
        this.config = config;
        this.claims = claims;
    }

    /** @param userinfo its claims count before those of the ID token */
    static SsoProfile profile(
            SsoConnector connector,
            OidcConfig config,
            ObjectNode idToken,
            Optional<ObjectNode> userinfo,
            Optional<TokenSet> tokens) {
        ObjectNode merged = idToken.deepCopy();
        userinfo.ifPresent(more -> {
            // That an address is verified counts for the address it was said of, not for the one beside another.
            if (more.hasNonNull("email")) {
                merged.remove(Set.of("email", "email_verified"));
                if (!more.path("email").equals(idToken.path("email"))) {
                    merged.remove("xms_edov");
                }
            }
            if (more.hasNonNull("phone") || more.hasNonNull("phone_number")) {
                merged.remove(Set.of("phone", "phone_verified", "phone_number", "phone_number_verified"));
            }
            more.properties().forEach(claim -> merged.set(claim.getKey(), claim.getValue()));
            // Who it is, the ID token has said; that both agree has been checked.
            merged.set("sub", idToken.path("sub"));
        });
        return new ClaimsMapping(connector, config, merged).profile(tokens);
    }

    private SsoProfile profile(Optional<TokenSet> tokens) {
        Optional<String> stated = text("email", LONGEST_TEXT).filter(ClaimsMapping::isEmail);
        Optional<String> email = stated.isPresent()
                ? stated.filter(this::isTrusted)
                : directoryName().filter(this::isTrustedUnverified);
        Optional<String> unverified = email.isPresent() ? Optional.empty() : stated.or(this::directoryName);
        Optional<String> name = text("name", LONGEST_TEXT);
        Optional<String> avatar =
                text("picture", LONGEST_ADDRESS).filter(url -> WEB.matcher(url).matches());
        Optional<String> phone = phone();
        String subject = claims.path("sub").stringValue();
        ObjectNode detail = Json.object().put("id", subject);
        name.ifPresent(value -> detail.put("name", value));
        avatar.ifPresent(value -> detail.put("avatar", value));
        email.ifPresent(value -> detail.put("email", value));
        unverified.ifPresent(value -> detail.put("unverifiedEmail", value));
        phone.ifPresent(value -> detail.put("phone", value));
        addOthers(detail);
        return new SsoProfile(config.issuer(), subject, email, unverified, name, avatar, phone, detail, tokens);
    }

    /**
     * Whether the address may link to an existing user (AL1, AL2). What the provider says of it decides; only where it
     * says nothing does the administrator's trust, and that ends at the connector's own domains.
     */
    private boolean isTrusted(String email) {
        JsonNode verified = claims.path("email_verified");
        if (!verified.isMissingNode() && !verified.isNull()) {
            return verified.isBoolean() && verified.booleanValue();
        }
        if (connector.provider() == SsoProvider.AZURE_AD_OIDC && isDomainOwner(claims.path("xms_edov"))) {
            return true;
        }
        return isTrustedUnverified(email);
    }

    private boolean isTrustedUnverified(String address) {
        return config.trustUnverifiedEmail()
                && EmailDomains.of(address)
                        .filter(connector.domains()::contains)
                        .isPresent();
    }

    /** Entra: "email domain owner verified"; a boolean or, from some of its endpoints, 1. */
    private static boolean isDomainOwner(JsonNode edov) {
        return edov.isBoolean()
                ? edov.booleanValue()
                : edov.asString("").equals("1") || edov.asString("").equals("true");
    }

    /**
     * Entra names accounts by what looks like an address; those without a mailbox have no other. Its domain is one that the
     * directory has proved to own, which nobody has checked of an {@code email}: trust in that one covers it.
     */
    private Optional<String> directoryName() {
        if (connector.provider() != SsoProvider.AZURE_AD_OIDC) {
            return Optional.empty();
        }
        return text("preferred_username", LONGEST_TEXT)
                .filter(ClaimsMapping::isEmail)
                .or(() -> text("upn", LONGEST_TEXT).filter(ClaimsMapping::isEmail));
    }

    private Optional<String> phone() {
        return verifiedPhone("phone_number", "phone_number_verified")
                .or(() -> verifiedPhone("phone", "phone_verified"));
    }

    private Optional<String> verifiedPhone(String name, String verified) {
        JsonNode flag = claims.path(verified);
        return text(name, LONGEST_TEXT)
                .filter(phone -> flag.isBoolean() && flag.booleanValue())
                .filter(phone -> PHONE.matcher(phone).matches())
                .map(phone -> phone.replaceAll("\\D", ""));
    }

    private Optional<String> text(String name, int longest) {
        JsonNode value = claims.path(name);
        if (!value.isString()) {
            return Optional.empty();
        }
        String text = value.stringValue().strip();
        boolean usable =
                !text.isEmpty() && text.length() <= longest && text.chars().noneMatch(Character::isISOControl);
        return usable ? Optional.of(text) : Optional.empty();
    }

    private static boolean isEmail(String text) {
        return EMAIL.matcher(text).matches() && EmailDomains.of(text).isPresent();
    }

    private void addOthers(ObjectNode detail) {
        int size = 0;
        for (var claim : claims.properties()) {
            String name = camelCase(claim.getKey());
            int length = claim.getValue().toString().length();
            boolean wanted = !LEFT_OUT.contains(claim.getKey()) && !detail.has(name);
            // PostgreSQL's jsonb cannot hold the character zero.
            boolean storable = length <= LONGEST_CLAIM
                    && size + length <= LONGEST_DETAIL
                    && !claim.getValue().toString().contains("\\u0000")
                    && name.indexOf('\0') < 0;
            if (wanted && storable) {
                detail.set(name, claim.getValue());
                size += length;
            }
        }
    }

    /** {@code preferred_username} is {@code preferredUsername}. */
    static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        for (String part : name.split("[_-]+")) {
            if (part.isEmpty()) {
                continue;
            }
            camel.append(
                    camel.isEmpty()
                            ? part.substring(0, 1).toLowerCase(Locale.ROOT)
                            : part.substring(0, 1).toUpperCase(Locale.ROOT));
            camel.append(part.substring(1));
        }
        return camel.isEmpty() ? name : camel.toString();
    }
}
