package dev.ostiary.pages;

import dev.ostiary.experience.InteractionEvent;
import dev.ostiary.experience.SignInExperience.AgreeToTermsPolicy;
import dev.ostiary.experience.Visit;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.pages.FormPage.Other;
import dev.ostiary.sso.SsoConnector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /single-sign-on/email}: the work address, which says whose provider signs the visitor in. */
final class SsoEmailPages {
    static final String PATH = "/single-sign-on/email";
    private static final String FIELD = "email";

    private final Kit kit;
    private final Departures departures;

    SsoEmailPages(Kit kit, Departures departures) {
        this.kit = kit;
        this.departures = departures;
    }

    Response show(Request request) {
        return kit.steps().show(request, visit -> {
            Stage stage = kit.stages().of(request, visit.interaction());
            return departures.isOffered(stage)
                    ? page(visit, stage, stage.hint(), Trouble.NONE)
                    : kit.guard().toPage(stage, SignInEntry.PATH);
        });
    }

    Response submit(Request request) {
        String email = request.form().first(FIELD).orElse("").strip();
        boolean agrees = request.form().has("agree");
        return kit.steps()
                .take(
                        request,
                        visit -> submit(visit, kit.stages().of(request, visit.interaction()), email, agrees),
                        (visit, refusal) -> {
                            Stage stage = kit.stages().of(request, visit.interaction());
                            return page(
                                    visit,
                                    stage,
                                    email,
                                    Trouble.of(refusal, stage.phrases().language()));
                        });
    }

    private Response submit(Visit visit, Stage stage, String email, boolean agrees) {
        if (!departures.isOffered(stage)) {
            return kit.guard().toPage(stage, SignInEntry.PATH);
        }
        List<SsoConnector> fitting = departures.ofAddress(stage, email);
        boolean unticked = Terms.mustBeTicked(stage, InteractionEvent.SIGN_IN) && !agrees;
        if (fitting.isEmpty() || unticked) {
            String told = email.isEmpty()
                    ? stage.say("required.email")
                    : fitting.isEmpty() ? stage.say("sso.unknown_domain") : null;
            return page(visit, stage, email, Trouble.empty(told, null, unticked));
        }
        return departures.leave(visit, stage, fitting, email);
    }

    private Response page(Visit visit, Stage stage, String email, Trouble trouble) {
        // Without another way in there is nothing to go back to.
        Other back = stage.settings().signIn().withPassword().isEmpty()
                ? null
                : new Other("sso.back", "sso.back.link", stage.address(SignInEntry.PATH));
        return page(stage, "sso.heading", kit.steps().token(visit), email, trouble, back);
    }

    /** The same in the place of a page with a password, where single sign-on is the only way in. */
    Response only(Stage stage, String token, String email, Trouble trouble) {
        return page(stage, "sign_in.heading", token, email, trouble, null);
    }

    private Response page(
            Stage stage, String headingKey, String token, String email, Trouble trouble, @Nullable Other back) {
        String heading = stage.say(headingKey);
        Frame frame = trouble.isNone()
                ? kit.frames().of(stage, heading)
                : kit.frames().erroneous(stage, heading);
        Field field = Field.text(FIELD, stage.say("sso.email"), Field.echo(email), "email", trouble.identifier())
                .typed("email", "email");
        FormPage page = new FormPage(
                frame,
                heading,
                "sign_in.lead",
                trouble.notice(),
                stage.address(PATH),
                token,
                stage.isPreview() ? List.of(field) : Field.focusFirst(List.of(field)),
                Terms.agreement(stage, InteractionEvent.SIGN_IN, trouble.isUnticked()),
                stage.say("sso.button"),
                null,
                back,
                Terms.sentence(stage, stage.settings().agreeToTermsPolicy() == AgreeToTermsPolicy.AUTOMATIC));
        return kit.output().of(trouble.status(), stage, frame, "form", page);
    }
}
