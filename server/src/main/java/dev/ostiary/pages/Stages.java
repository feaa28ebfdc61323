package dev.ostiary.pages;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.Applications;
import dev.ostiary.experience.SignInExperience;
import dev.ostiary.experience.SignInExperiences;
import dev.ostiary.http.Request;
import dev.ostiary.interactions.Interaction;
import org.jspecify.annotations.Nullable;

/** Sets the stage for a page: the tenant's settings, the application, the visitor's language. */
final class Stages {
    private final SignInExperiences experiences;
    private final Applications applications;

    Stages(SignInExperiences experiences, Applications applications) {
        this.experiences = experiences;
        this.applications = applications;
    }

    SignInExperience settings(Request request) {
        return experiences.of(request.tenant());
    }

    Stage of(Request request, @Nullable Interaction interaction) {
        @Nullable
        Application application = interaction == null
                ? null
                : applications.find(request.tenant(), interaction.clientId()).orElse(null);
        return stage(request, settings(request), interaction, application, Theme.Scheme.PREFERRED, false);
    }

    Stage preview(Request request, Preview preview) {
        return stage(request, preview.settings(), null, null, preview.scheme(), true);
    }

    private static Stage stage(
            Request request,
            SignInExperience settings,
            @Nullable Interaction interaction,
            @Nullable Application application,
            Theme.Scheme scheme,
            boolean isPreview) {
        String locales = request.query().get("ui_locales");
        if (locales == null && interaction != null) {
            locales = interaction.param("ui_locales").orElse(null);
        }
        String language = PageLanguage.of(request, settings.languageInfo(), locales);
        return new Stage(request, settings, interaction, application, Phrases.in(language), scheme, isPreview);
    }
}
