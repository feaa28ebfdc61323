package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.Applications;
import dev.ostiary.applications.RedirectUris;
import dev.ostiary.errors.Texts;
import dev.ostiary.http.Response;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OidcPages;
import dev.ostiary.oidc.Redirects;
import dev.ostiary.tenants.Tenants;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers of the authorization endpoint to the client, by way of the browser. Each carries {@code iss} (RFC 9207), so a
 * client with several providers cannot be told the wrong one.
 */
public final class Answers {
    private static final Set<String> RESPONSE_NAMES = Set.of("code", "state", "iss", "error", "error_description");

    private final Applications applications;
    private final Tenants tenants;

    public Answers(Applications applications, Tenants tenants) {
        this.applications = applications;
        this.tenants = tenants;
    }

    private record Target(Application client, String redirectUri, ResponseMode mode) {}

    Response code(String tenant, AuthorizeRequest request, String code) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("code", code);
        return send(tenant, members, request.params(), request.redirectUri(), request.responseMode(), 200);
    }

    /**
     * To the client where it is known and its redirect URI is good.
     *
     * @throws OAuthException the same refusal, for the visitor to see, where it is not
     */
    Response refusal(String tenant, AuthorizeParams params, OAuthException refusal) {
        Target target = target(tenant, params)
                .filter(found -> mayReturn(found.client, refusal.error()))
                .orElseThrow(() -> refusal);
        Map<String, String> members = new LinkedHashMap<>();
        members.put("error", refusal.error().word());
        members.put("error_description", refusal.description());
        members.putAll(refusal.members());
        return send(tenant, members, params, target.redirectUri, target.mode, 400);
    }

    /** As {@link #refusal}, for an error that the sign-in pages have given as the visitor's answer. */
    Response failure(String tenant, AuthorizeRequest request, String error, @Nullable String description) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("error", error);
        if (description != null) {
            members.put("error_description", description);
        }
        return send(tenant, members, request.params(), request.redirectUri(), request.responseMode(), 400);
    }

    private Optional<Target> target(String tenant, AuthorizeParams params) {
        String clientId = params.get("client_id");
        if (clientId == null || !params.repeated().isEmpty()) {
            return Optional.empty();
        }
        ResponseMode mode = Optional.ofNullable(params.get("response_mode"))
                .flatMap(ResponseMode::find)
                .orElse(ResponseMode.usual(params.get("response_type")));
        return applications.find(tenant, clientId).flatMap(client -> Optional.ofNullable(params.get("redirect_uri"))
                .or(() -> RedirectUris.only(client))
                .filter(uri -> RedirectUris.matches(client, uri))
                .map(uri -> new Target(client, uri, mode)));
    }

    /**
     * A scope that a foreign application may not have is told to the visitor, not bounced: such an application could
     * otherwise use us as a redirector of its choice, without anybody signing in (RFC 9700 section 4.11.2).
     */
    private static boolean mayReturn(Application client, OAuthError error) {
        return switch (error) {
            case INVALID_CLIENT, INVALID_REDIRECT_URI, INVALID_REQUEST_URI -> false;
            case INVALID_SCOPE -> !client.isThirdParty();
            default -> true;
        };
    }

    private Response send(
            String tenant,
            Map<String, String> members,
            AuthorizeParams params,
            String redirectUri,
            ResponseMode mode,
            int formStatus) {
        String state = params.get("state");
        if (state != null) {
            members.put("state", state);
        }
        members.put("iss", tenants.issuer(tenant));
        return switch (mode) {
            case QUERY -> Response.seeOther(Redirects.withQuery(redirectUri, members, RESPONSE_NAMES));
            case FRAGMENT -> Response.seeOther(redirectUri + "#" + Redirects.encode(members));
            case FORM_POST ->
                OidcPages.formPost(formStatus, redirectUri, formSource(redirectUri), members, language(params));
        };
    }

    private static String language(AuthorizeParams params) {
        String wanted = params.get("ui_locales");
        return Texts.language(wanted == null ? List.of() : List.of(wanted.split(" ")));
    }

    /** The one place to which the page's form may go, as a source of CSP. */
    private static String formSource(String redirectUri) {
        URI uri = URI.create(redirectUri);
        return uri.getRawAuthority() == null
                ? uri.getScheme() + ":"
                : uri.getScheme() + "://" + uri.getRawAuthority()
                        + uri.getRawPath().replace(";", "%3B").replace(",", "%2C");
    }
}
