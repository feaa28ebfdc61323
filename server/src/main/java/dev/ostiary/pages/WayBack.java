package dev.ostiary.pages;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.ApplicationSource;
import dev.ostiary.applications.Applications;
import dev.ostiary.applications.RedirectUris;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.json.Json;
import dev.ostiary.oidc.Redirects;
import dev.ostiary.tenants.Tenants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The way back into an application whose sign-in has been lost. It begins a new one by itself when a visitor comes to its
 * {@code initiate_login_uri} (OpenID Connect Core section 4). Who came from where is not proven here, so the way is shown
 * and never gone: it leads nowhere but to where an administrator has registered.
 */
final class WayBack {
    private static final String APPLICATION = "app_id";
    private static final Set<String> OURS = Set.of("iss", Stage.HINT, "target_link_uri");

    private final Applications applications;
    private final Tenants tenants;

    WayBack(Applications applications, Tenants tenants) {
        this.applications = applications;
        this.tenants = tenants;
    }

    /** The query by which the page for lost visitors finds the application; empty where there is no way back to it. */
    String query(Request request) {
        String id = request.query().get(APPLICATION);
        if (id == null || find(request, id).isEmpty()) {
            return "";
        }
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put(APPLICATION, List.of(id));
        hint(request).ifPresent(hint -> query.put(Stage.HINT, List.of(hint)));
        return "?" + Params.of(query).encode();
    }

    /** The application that the page was opened for, or else the last one that this browser came from. */
    Optional<Application> application(Request request) {
        String named = request.query().get(APPLICATION);
        return Optional.ofNullable(named == null ? last(request) : named).flatMap(id -> find(request, id));
    }

    /** Where a sign-in to the application begins anew. */
    String address(Request request, Application application) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("iss", tenants.issuer(request.tenant()));
        hint(request).ifPresent(hint -> told.put(Stage.HINT, hint));
        return Redirects.withQuery(
                application.oidcClientMetadata().initiateLoginUri().orElseThrow(), told, OURS);
    }

    /** Of those that the tenant has brought. Clients that register themselves would have a link of theirs on our page. */
    private Optional<Application> find(Request request, String id) {
        if (Applications.isUrl(id)) {
            return Optional.empty();
        }
        return applications
                .find(request.tenant(), id)
                .filter(known -> known.source() == ApplicationSource.TENANT)
                .filter(known -> known.oidcClientMetadata()
                        .initiateLoginUri()
                        .filter(uri -> RedirectUris.faultOfLoginUri(uri).isEmpty())
                        .isPresent());
    }

    private static Optional<String> hint(Request request) {
        return request.query().first(Stage.HINT).filter(hint -> hint.length() <= Field.LONGEST_ECHO);
    }

    private static @Nullable String last(Request request) {
        try {
            return Json.read(request.cookie("_logto").orElse("{}"))
                    .path("appId")
                    .asString(null);
        } catch (JacksonException broken) {
            return null;
        }
    }
}
