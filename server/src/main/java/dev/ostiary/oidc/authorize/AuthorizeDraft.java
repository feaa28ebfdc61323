package dev.ostiary.oidc.authorize;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.ResponseType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An authorization request on its way through the checks: each adds what it has found to be good. */
final class AuthorizeDraft {
    final String tenant;
    final AuthorizeParams params;

    @Nullable
    String redirectUri;

    ResponseType responseType = ResponseType.CODE;
    ResponseMode responseMode = ResponseMode.QUERY;

    Set<String> scopes = new LinkedHashSet<>();
    Set<String> prompts = new LinkedHashSet<>();
    List<String> resources = new ArrayList<>();

    @Nullable
    Long maxAge;

    @Nullable
    String hintedUser;

    Demands demands = Demands.NONE;

    private @Nullable Application client;

    AuthorizeDraft(String tenant, AuthorizeParams params) {
        this.tenant = tenant;
        this.params = params;
    }

    void client(Application known) {
        client = known;
    }

    Application client() {
        Application known = client;
        if (known == null) {
            throw new IllegalStateException("The client is checked before what depends on it");
        }
        return known;
    }

    boolean isOpenId() {
        return scopes.contains("openid");
    }

    AuthorizeRequest checked() {
        String uri = redirectUri;
        if (uri == null) {
            throw new IllegalStateException("The redirect URI was not checked");
        }
        return new AuthorizeRequest(
                client(),
                params,
                uri,
                responseType,
                responseMode,
                scopes,
                prompts,
                resources,
                maxAge,
                hintedUser,
                demands);
    }
}
