package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.Applications;
import dev.ostiary.applications.RedirectUris;
import dev.ostiary.applications.ResponseType;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.Texts;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.oidc.AuthorizationCodes;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OidcPages;
import dev.ostiary.oidc.Redirects;
import dev.ostiary.oidc.Scopes;
import dev.ostiary.oidc.tokens.Disclosure;
import dev.ostiary.oidc.tokens.IdTokens;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.users.User;
import dev.ostiary.users.Users;
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
public final class Answers implements Ending {
    private static final Set<String> RESPONSE_NAMES =
            Set.of("code", "id_token", "state", "iss", "error", "error_description");

    private final Applications applications;
    private final Tenants tenants;
    private final Users users;
    private final AuthorizationCodes codes;
    private final IdTokens idTokens;

    public Answers(
            Applications applications, Tenants tenants, Users users, AuthorizationCodes codes, IdTokens idTokens) {
        this.users = users;
        this.codes = codes;
        this.idTokens = idTokens;
        this.applications = applications;
        this.tenants = tenants;
    }

    private record Target(Application client, String redirectUri, ResponseMode mode) {}

    @Override
    public Response granted(Visit visit, Approved approved) {
        AuthorizeRequest asked = visit.asked();
        Map<String, String> members = issue(visit, approved);
        return send(visit.request().tenant(), members, asked.params(), asked.redirectUri(), asked.responseMode(), 200);
    }

    /** What the client asked for: {@code code} and {@code id_token}, as far as the response type has them. */
    private Map<String, String> issue(Visit visit, Approved approved) {
        ResponseType type = visit.asked().responseType();
        Map<String, String> issued = new LinkedHashMap<>();
        if (type.hasCode()) {
            issued.put("code", codes.issue(visit.tx(), approved.code()));
        }
        if (type.hasIdToken()) {
            issued.put("id_token", idToken(visit, approved, issued.get("code")));
        }
        return issued;
    }

    /** There is no later look at the user, as there is when a code is redeemed. */
    private String idToken(Visit visit, Approved approved, @Nullable String code) {
        AuthorizeRequest asked = visit.asked();
        User user = users.find(visit.tx(), approved.grant().userId())
                .filter(found -> !found.isSuspended())
                .orElseThrow(() -> OAuthError.ACCESS_DENIED.because("the user may not sign in"));
        Disclosure told = new Disclosure(
                Scopes.oidc(asked.scopes()),
                asked.demands().claims().within(visit.wanted().scopes()).idToken());
        return idTokens.inRedirect(
                visit.tx(),
                asked.client(),
                approved.grant().id(),
                user,
                told,
                approved.code().request(),
                code,
                asked.params().get("state"));
    }

    /** To the client where it is known and its redirect URI is good. */
    @Override
    public Response refused(Request request, AuthorizeParams sent, OAuthException refusal) {
        String tenant = request.tenant();
        AuthorizeParams params = refusal.error() == OAuthError.REQUEST_NOT_SUPPORTED ? sent.answerable() : sent;
        Target target = target(tenant, params)
                .filter(found -> mayReturn(found.client, refusal.error()))
                .orElseThrow(() -> refusal);
        Map<String, String> members = new LinkedHashMap<>();
        members.put("error", refusal.error().word());
        members.put("error_description", refusal.description());
        members.putAll(refusal.members());
        return send(tenant, members, params, target.redirectUri, target.mode, 400);
    }

    @Override
    public Response failed(Tx tx, Request request, AuthorizeRequest asked, String error, @Nullable String description) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("error", error);
        if (description != null) {
            members.put("error_description", description);
        }
        return send(request.tenant(), members, asked.params(), asked.redirectUri(), asked.responseMode(), 400);
    }

    private Optional<Target> target(String tenant, AuthorizeParams params) {
        String clientId = params.get("client_id");
        if (clientId == null || !params.repeated().isEmpty()) {
            return Optional.empty();
        }
        ResponseMode mode = Optional.ofNullable(params.get("response_mode"))
                .flatMap(ResponseMode::find)
                .filter(asked -> asked.suits(params.get("response_type")))
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
            case FRAGMENT -> Response.seeOther(Redirects.ascii(redirectUri) + "#" + Redirects.encode(members));
            case FORM_POST ->
                OidcPages.formPost(
                        formStatus,
                        Redirects.ascii(redirectUri),
                        formSource(Redirects.ascii(redirectUri)),
                        members,
                        language(params));
        };
    }

    private static String language(AuthorizeParams params) {
        String wanted = params.get("ui_locales");
        return Texts.language(wanted == null ? List.of() : List.of(wanted.split(" ")));
    }

    /** The one place to which the page's form may go, as a source of CSP. */
    private static String formSource(String redirectUri) {
        int question = redirectUri.indexOf('?');
        String bare = question < 0 ? redirectUri : redirectUri.substring(0, question);
        int colon = bare.indexOf(':');
        return bare.startsWith("://", colon)
                ? bare.replace(";", "%3B").replace(",", "%2C")
                : bare.substring(0, colon + 1);
    }
}
