package dev.ostiary.pages;

import dev.ostiary.experience.InteractionEvent;
import dev.ostiary.experience.SignInExperience.AgreeToTermsPolicy;
import dev.ostiary.pages.FormPage.Agreement;
import org.jspecify.annotations.Nullable;

/** Whether visitors agree to a tenant's terms by going on, or by ticking a box. */
final class Terms {
    private Terms() {}

    static boolean mustBeTicked(Stage stage, InteractionEvent event) {
        if (stage.legal().which() == null) {
            return false;
        }
        return switch (stage.settings().agreeToTermsPolicy()) {
            case AUTOMATIC -> false;
            case MANUAL_REGISTRATION_ONLY -> event == InteractionEvent.REGISTER;
            case MANUAL -> true;
        };
    }

    static @Nullable Agreement agreement(Stage stage, InteractionEvent event, boolean isUnticked) {
        if (!mustBeTicked(stage, event)) {
            return null;
        }
        // Who came back for another reason had ticked it.
        boolean ticked = !isUnticked && stage.request().method().equals("POST");
        return new Agreement(
                "terms.manual." + stage.legal().which(),
                ticked,
                isUnticked ? stage.say("required.agree") : null,
                false);
    }

    /** Key of the sentence at the end; null where there is nothing to say, or the box says it. */
    static @Nullable String sentence(Stage stage, boolean agreesByGoingOn) {
        String which = stage.legal().which();
        if (which == null || stage.settings().agreeToTermsPolicy() == AgreeToTermsPolicy.MANUAL) {
            return null;
        }
        return (agreesByGoingOn ? "terms.automatic." : "terms.plain.") + which;
    }
}
