package dev.ostiary.pages;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.Applications;
import dev.ostiary.experience.Experience;
import dev.ostiary.experience.Looks;
import dev.ostiary.experience.SignInExperience;
import dev.ostiary.http.Request;
import dev.ostiary.interactions.Interaction;
import org.jspecify.annotations.Nullable;

/** Sets the stage for a page: the tenant's settings, the application, the organization, the visitor's language. */
final class Stages {
    /** Of an authorization request: the organization that the visitor comes for. */
    private static final String ORGANIZATION = "organization_id";

    private final Looks looks;
    private final Applications applications;
    private final Experience experience;

    Stages(Looks looks, Applications applications, Experience experience) {
        this.experience = experience;
        this.looks = looks;
        this.applications = applications;
    }

    /** The tenant's own settings, without anybody's look over them. */
    SignInExperience settings(Request request) {
        return looks.of(request.tenant(), null, null);
    }

    /** For a style sheet, whose address says whose look it is. */
    SignInExperience dressed(Request request) {
        return dressed(request, Brand.of(looks, request));
    }

    private SignInExperience dressed(Request request, Brand brand) {
        return looks.of(request.tenant(), brand.applicationId(), brand.organizationId());
    }

    Stage of(Request request, @Nullable Interaction interaction) {
        @Nullable
        Application application = interaction == null
                ? null
                : applications.find(request.tenant(), interaction.clientId()).orElse(null);
        String organizationId =
                interaction == null ? null : interaction.param(ORGANIZATION).orElse(null);
        return of(request, interaction, application, organizationId);
    }

    /** A page about an application, outside any visit to it. */
    Stage ofApplication(Request request, @Nullable Application application) {
        return of(request, null, application, null);
    }

    /** A page that is an organization's, outside any visit. */
    Stage ofOrganization(Request request, @Nullable String organizationId) {
        return of(request, null, null, organizationId);
    }

    /** A page that is an application's, outside any visit. */
    Stage ofApplication(Request request, @Nullable String applicationId, @Nullable String organizationId) {
        @Nullable
        Application application = applicationId == null
                ? null
                : applications.find(request.tenant(), applicationId).orElse(null);
        return of(request, null, application, organizationId);
    }

    private Stage of(
            Request request,
            @Nullable Interaction interaction,
            @Nullable Application application,
            @Nullable String organizationId) {
        Brand brand = Brand.of(looks, request.tenant(), application == null ? null : application.id(), organizationId);
        SignInExperience settings = dressed(request, brand);
        return stage(request, settings, interaction, application, brand, Theme.Scheme.PREFERRED, false);
    }

    Stage preview(Request request, Preview preview) {
        return stage(request, preview.settings(), null, null, Brand.NONE, preview.scheme(), true);
    }

    private Stage stage(
            Request request,
            SignInExperience settings,
            @Nullable Interaction interaction,
            @Nullable Application application,
            Brand brand,
            Theme.Scheme scheme,
            boolean isPreview) {
        String locales = request.query().get("ui_locales");
        if (locales == null && interaction != null) {
            locales = interaction.param("ui_locales").orElse(null);
        }
        String language = PageLanguage.of(request, settings.languageInfo(), locales);
        String invited = interaction == null
                ? null
                : experience.invitedAddress(request, interaction).orElse(null);
        return new Stage(
                request, settings, interaction, application, brand, invited, Phrases.in(language), scheme, isPreview);
    }
}
