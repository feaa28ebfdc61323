package dev.ostiary.pages;

import dev.ostiary.experience.Looks;
import dev.ostiary.experience.Overlay;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose look, over the tenant's own, a page has. Ids are there only with something to show.
 *
 * @param applicationName as visitors shall read it
 */
record Brand(
        @Nullable String applicationId,
        @Nullable String applicationName,
        boolean hasApplicationLogo,
        @Nullable String organizationId,
        @Nullable String organizationName,
        boolean hasOrganizationLogo) {
    static final Brand NONE = new Brand(null, null, false, null, null, false);

    private static final String APPLICATION = "app_id";
    private static final String ORGANIZATION = "organization_id";

    static Brand of(Looks looks, String tenant, @Nullable String applicationId, @Nullable String organizationId) {
        @Nullable
        Overlay application = looks.ofApplication(tenant, applicationId).orElse(null);
        @Nullable
        Overlay organization = looks.ofOrganization(tenant, organizationId).orElse(null);
        return new Brand(
                application == null ? null : applicationId,
                application == null ? null : application.name(),
                application != null && application.hasLogo(),
                organization == null ? null : organizationId,
                organization == null ? null : organization.name(),
                organization != null && organization.hasLogo());
    }

    /** Of a request for a style sheet. */
    static Brand of(Looks looks, Request request) {
        return of(
                looks,
                request.tenant(),
                request.query().get(APPLICATION),
                request.query().get(ORGANIZATION));
    }

    /** At the address of a style sheet: whose it is. */
    String query() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (applicationId != null) {
            query.put(APPLICATION, List.of(applicationId));
        }
        if (organizationId != null) {
            query.put(ORGANIZATION, List.of(organizationId));
        }
        return query.isEmpty() ? "" : "?" + Params.of(query).encode();
    }
}
