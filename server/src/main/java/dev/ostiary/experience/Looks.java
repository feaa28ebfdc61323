package dev.ostiary.experience;

import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** How the pages look for a visitor: as the tenant wants, over it as the application wants, over it as the organization does. */
public final class Looks {
    private final SignInExperiences settings;
    private final BiFunction<String, String, Optional<Overlay>> applications;
    private final BiFunction<String, String, Optional<Overlay>> organizations;

    /**
     * @param applications what is over the look of a tenant (by its id) for an application (by its id); asked for every
     *     page, so from a cache
     * @param organizations the same for an organization
     */
    public Looks(
            SignInExperiences settings,
            BiFunction<String, String, Optional<Overlay>> applications,
            BiFunction<String, String, Optional<Overlay>> organizations) {
        this.settings = settings;
        this.applications = applications;
        this.organizations = organizations;
    }

    /** The tenant's settings, dressed. Ids that nobody has change nothing: a link that is out of date still signs in. */
    public SignInExperience of(String tenant, @Nullable String applicationId, @Nullable String organizationId) {
        SignInExperience dressed = settings.of(tenant);
        dressed = ofApplication(tenant, applicationId).orElse(Overlay.NONE).over(dressed);
        return ofOrganization(tenant, organizationId).orElse(Overlay.NONE).over(dressed);
    }

    public Optional<Overlay> ofApplication(String tenant, @Nullable String id) {
        return find(applications, tenant, id);
    }

    public Optional<Overlay> ofOrganization(String tenant, @Nullable String id) {
        return find(organizations, tenant, id);
    }

    /** Longer than any id is nobody's, and no text of PostgreSQL has a NUL in it. */
    private static Optional<Overlay> find(
            BiFunction<String, String, Optional<Overlay>> overlays, String tenant, @Nullable String id) {
        boolean mayBe = id != null && !id.isEmpty() && id.length() <= 64 && id.indexOf('\0') < 0;
        return mayBe ? overlays.apply(tenant, id) : Optional.empty();
    }
}
