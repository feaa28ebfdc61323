package dev.ostiary.pages;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.Applications;
import dev.ostiary.experience.SignInExperience;
import dev.ostiary.http.Request;
import dev.ostiary.interactions.Interaction;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a page is made from: whose it is, whom it is for, and how it looks.
 *
 * @param interaction the visit that the page belongs to, if it belongs to one
 * @param application where the visitor came from
 * @param settings as this page shows them, dressed by its brand
 * @param invited the address that is proven by the invitation with which the visit began
 * @param isPreview shown in the console, with settings that are perhaps not saved
 */
record Stage(
        Request request,
        SignInExperience settings,
        @Nullable Interaction interaction,
        @Nullable Application application,
        Brand brand,
        @Nullable String invited,
        Phrases phrases,
        Theme.Scheme scheme,
        boolean isPreview) {
    /** The name that is known already: of OpenID Connect, and of our own links. */
    static final String HINT = "login_hint";

    String hint() {
        String hint = request.query()
                .first(HINT)
                .or(() -> interaction == null ? Optional.empty() : interaction.param(HINT))
                .orElse("");
        return hint.length() > Field.LONGEST_ECHO ? "" : hint;
    }

    /** What visitors call where they go: the application, or the organization that they were invited to. */
    @Nullable
    String applicationName() {
        if (interaction != null && interaction.clientId().equals(Applications.INVITATION)) {
            return brand.organizationName();
        }
        if (application != null && application.isFromDocument()) {
            // Where it is described is known; what it calls itself, anybody could (DR3).
            return URI.create(application.id()).getHost();
        }
        return brand.applicationName() != null || application == null ? brand.applicationName() : application.name();
    }

    String say(String key) {
        return phrases.say(key);
    }

    String say(String key, Map<String, ?> values) {
        return phrases.say(key, values);
    }

    Legal legal() {
        return Legal.of(settings.termsOfUseUrl(), settings.privacyPolicyUrl());
    }

    /** Another page of ours, with the query of this one: it says which interaction is meant, and in which language. */
    String address(String path) {
        String query = request.rawQuery();
        return query.isEmpty() ? path : path + "?" + query;
    }
}
