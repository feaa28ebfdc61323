package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import dev.ostiary.oidc.OrganizationTokens;
import dev.ostiary.resources.Resource;
import dev.ostiary.resources.Resources;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Resource indicators (RFC 8707 section 2) that name an API of the tenant; without one its default is meant. */
final class KnownResources implements AuthorizeCheck {
    private final Resources resources;

    KnownResources(Resources resources) {
        this.resources = resources;
    }

    @Override
    public void check(AuthorizeDraft draft) {
        draft.params.resources().forEach(resource -> check(draft.tenant, resource));
        draft.resources = draft.params.resources().isEmpty()
                ? resources.findDefault(draft.tenant).map(Resource::indicator).stream()
                        .toList()
                : List.copyOf(draft.params.resources());
    }

    private void check(String tenant, String resource) {
        try {
            URI uri = new URI(resource);
            if (!uri.isAbsolute()) {
                throw refusal("resource indicator must be an absolute URI");
            }
            if (uri.getRawFragment() != null) {
                throw refusal("resource indicator must not contain a fragment component");
            }
        } catch (URISyntaxException e) {
            throw refusal("resource indicator must be an absolute URI");
        }
        if (!resource.equals(OrganizationTokens.RESOURCE)
                && resources.findByIndicator(tenant, resource).isEmpty()) {
            throw refusal("resource indicator is missing, or unknown");
        }
    }

    private static OAuthException refusal(String description) {
        return OAuthError.INVALID_TARGET.because(description);
    }
}
