package dev.ostiary.sso.oidc;

import dev.ostiary.sso.SsoProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The forms an issuer is typed in, and which of them a provider's own word fits. */
final class Issuers {
    static final String TENANT_PLACEHOLDER = "{tenantid}";

    private static final String METADATA_PATH = "/.well-known/openid-configuration";
    private static final Pattern METADATA_TAIL = Pattern.compile("/*/\\.well-known/openid-configuration/*(\\?.*)?$");
    private static final Pattern SLASHES = Pattern.compile("/+$");
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Names in the place of a tenant, by which Entra lets in accounts of many. */
    private static final Set<String> ANY_TENANT = Set.of("common", "organizations", "consumers");

    /** The tenant of personal Microsoft accounts. */
    private static final String CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad";

    private static final String ENTRA_V1 = "sts.windows.net";

    private Issuers() {}

    /** What was typed, or the whole address of the metadata, without what does not belong to an issuer. */
    static String base(String typed) {
        String text = typed.strip();
        text = METADATA_TAIL.matcher(text).replaceFirst("");
        return SLASHES.matcher(text).replaceFirst("");
    }

    /** Where the metadata are: never with two slashes. */
    static Optional<URI> metadata(String typed) {
        return uri(base(typed) + METADATA_PATH);
    }

    static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getRawFragment() == null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a document at the typed issuer's address may name this issuer (OpenID Connect Discovery section 4.3:
     * identical), and under which it is stored. A slash at the end is forgiven, and at Entra what it answers for names
     * that stand for tenants.
     */
    static Optional<String> toStore(SsoProvider provider, String typed, String stated) {
        String base = base(typed);
        if (SLASHES.matcher(stated).replaceFirst("").equals(base)) {
            return Optional.of(stated);
        }
        return provider == SsoProvider.AZURE_AD_OIDC && isEntra(base, stated) ? Optional.of(base) : Optional.empty();
    }

    private static boolean isEntra(String base, String stated) {
        Optional<URI> from = uri(base);
        Optional<URI> to = uri(stated.replace(TENANT_PLACEHOLDER, "tenantid"));
        if (from.isEmpty() || to.isEmpty()) {
            return false;
        }
        String[] typed = path(from.get());
        String[] answered = path(to.get());
        boolean sameHost =
                from.get().getRawAuthority().equalsIgnoreCase(to.get().getRawAuthority());
        boolean sameRest = typed[1].equals(answered[1]);
        // Without /v2.0 the document is that of version 1, whose issuer is at another host.
        boolean versionOne = ENTRA_V1.equals(to.get().getHost()) && typed[1].isEmpty() && answered[1].isEmpty();
        return ((sameHost && sameRest) || versionOne) && isTenant(typed[0], answered[0]);
    }

    private static boolean isTenant(String typed, String answered) {
        if (answered.equals("tenantid")) {
            return ANY_TENANT.contains(typed);
        }
        boolean consumers = typed.equals("consumers") && answered.equals(CONSUMERS);
        // contoso.onmicrosoft.com stands for a tenant that only the document names.
        boolean domain = typed.contains(".") && GUID.matcher(answered).matches();
        return typed.equals(answered) || consumers || domain;
    }

    /** First segment and rest. */
    private static String[] path(URI uri) {
        String path = SLASHES.matcher(uri.getRawPath() == null ? "" : uri.getRawPath())
                .replaceFirst("");
        String[] parts = (path.startsWith("/") ? path.substring(1) : path).split("/", 2);
        return new String[] {parts[0].toLowerCase(Locale.ROOT), parts.length > 1 ? parts[1] : ""};
    }

    static boolean isTemplate(String stated) {
        return stated.contains(TENANT_PLACEHOLDER);
    }

    /** The issuer of one tenant's tokens; empty if that tenant is none, or not among those the typed issuer lets in. */
    static Optional<String> ofTenant(String stated, String typed, String tenantId) {
        String tenant = tenantId.toLowerCase(Locale.ROOT);
        if (!GUID.matcher(tenant).matches()) {
            return Optional.empty();
        }
        String wanted = uri(base(typed)).map(uri -> path(uri)[0]).orElse("");
        boolean personal = tenant.equals(CONSUMERS);
        boolean letIn = wanted.equals("common") || (wanted.equals("consumers") ? personal : !personal);
        return letIn ? Optional.of(stated.replace(TENANT_PLACEHOLDER, tenant)) : Optional.empty();
    }

    /** The tenant that an issuer of Entra names. */
    static Optional<String> tenantId(String issuer) {
        return uri(issuer).map(uri -> path(uri)[0]).filter(tenant -> GUID.matcher(tenant)
                .matches());
    }

    /** Whether {@code iss} of an answer can be that of this provider. */
    static boolean matches(String stated, String typed, String iss) {
        if (!isTemplate(stated)) {
            return stated.equals(iss);
        }
        int at = stated.indexOf(TENANT_PLACEHOLDER);
        String tail = stated.substring(at + TENANT_PLACEHOLDER.length());
        int end = iss.length() - tail.length();
        return end > at
                && ofTenant(stated, typed, iss.substring(at, end))
                        .filter(iss::equals)
                        .isPresent();
    }
}
