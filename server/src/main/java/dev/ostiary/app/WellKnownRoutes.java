package dev.ostiary.app;

import dev.ostiary.errors.CommonError;
import dev.ostiary.http.ApiDocument;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Router;
import dev.ostiary.http.Routes;
import dev.ostiary.tenants.Tenants;
import java.util.Map;
import java.util.function.Predicate;

/** Documents about this program that anybody may read: where tenants are, and what the APIs look like. */
final class WellKnownRoutes {
    private static final String VERSION = "1.42";

    private final Tenants tenants;
    private final Router router;

    WellKnownRoutes(Tenants tenants, Router router) {
        this.tenants = tenants;
        this.router = router;
    }

    void mount(Routes api) {
        api.get("/.well-known/endpoints/{tenantId}", this::endpoints);
        document(api, "management", "GetWellKnownManagementOpenapiJson", p -> !isUser(p) && !isExperience(p));
        document(api, "experience", "GetWellKnownExperienceOpenapiJson", WellKnownRoutes::isExperience);
        document(api, "user", "GetWellKnownUserOpenapiJson", WellKnownRoutes::isUser);
        api.get("/swagger.json", request -> answer(request, "Ostiary", p -> p.startsWith("/api/")));
    }

    private void document(Routes api, String name, String operationId, Predicate<String> included) {
        api.get("/.well-known/" + name + ".openapi.json", request -> answer(request, name + " API", included))
                .documented(operationId, "Well-known")
                .answers(200);
    }

    private Response answer(Request request, String title, Predicate<String> included) {
        return Response.json(ApiDocument.of(
                title,
                VERSION,
                request.site().origin(),
                router.operations(),
                included.and(pattern -> pattern.startsWith("/api/"))));
    }

    /** Where the console finds the API of the tenant it manages. */
    private Response endpoints(Request request) {
        String tenant = request.param("tenantId");
        if (!request.tenant().equals(Tenants.ADMIN) || !tenants.ids().contains(tenant)) {
            throw CommonError.ENTITY_NOT_FOUND.exception();
        }
        return Response.json(Map.of("user", tenants.origin(tenant)));
    }

    private static boolean isExperience(String pattern) {
        return pattern.startsWith("/api/experience");
    }

    private static boolean isUser(String pattern) {
        return pattern.startsWith("/api/my-account") || pattern.startsWith("/api/verifications");
    }
}
