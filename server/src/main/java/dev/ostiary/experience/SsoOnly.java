package dev.ostiary.experience;

import dev.ostiary.errors.AppException;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoConnectors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule of companies: an address of a connected domain signs in by the company's connector, and in no other way (AL8).
 *
 * <p>It looks at what was typed, whatever it was called, and at the address of the account that was meant: a username
 * is no way around it. What was typed may be written in many ways, so the domain is compared in its canonical form.
 */
final class SsoOnly {
    private final SignInExperiences settings;
    private final SsoConnectors connectors;

    SsoOnly(SignInExperiences settings, SsoConnectors connectors) {
        this.settings = settings;
        this.connectors = connectors;
    }

    boolean isOn(String tenant) {
        return settings.of(tenant).singleSignOnEnabled();
    }

    /** The connectors that an address is bound to; none while SSO is switched off. */
    List<SsoConnector> connectors(String tenant, String address) {
        return isOn(tenant) ? connectors.forEmail(tenant, address) : List.of();
    }

    /** Whether the rule can hold anybody up at all: asked before an account is read for it. */
    boolean mayApply(String tenant) {
        return isOn(tenant) && connectors.anyAvailable(tenant);
    }

    /** @throws AppException 422 {@code session.sso_enabled} with the connectors that are the way in instead */
    void requireFree(String tenant, @Nullable String address) {
        require(tenant, address, null);
    }

    /**
     * Whoever comes by a company's provider comes by that of the address, too: a domain that has moved to another
     * connector leaves no way in by the old one.
     *
     * @throws AppException 422 {@code session.sso_enabled} with the connectors that are the way in instead
     */
    void require(String tenant, @Nullable String address, @Nullable SsoConnector by) {
        if (address == null) {
            return;
        }
        List<SsoConnector> only = connectors(tenant, address);
        boolean isAmong = by != null && only.stream().anyMatch(way -> way.id().equals(by.id()));
        if (!only.isEmpty() && !isAmong) {
            throw ExperienceError.SSO_ENABLED.exception(ExperienceJson.SsoEnabled.of(tenant, only));
        }
    }
}
