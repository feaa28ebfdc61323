package dev.ostiary.pages;

import dev.ostiary.errors.AppException;
import dev.ostiary.experience.Experience;
import dev.ostiary.experience.InteractionEvent;
import dev.ostiary.experience.SignInExperience;
import dev.ostiary.experience.SignInExperience.AgreeToTermsPolicy;
import dev.ostiary.experience.Visit;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.pages.FormPage.Other;
import dev.ostiary.verifications.IdentifierType;
import java.util.List;
import java.util.Optional;

/** {@code /sign-in}: name and password. */
final class SignInPages {
    static final String PATH = "/sign-in";
    private static final int LONGEST_ECHO = 256;

    private final Experience experience;
    private final Stages stages;
    private final Steps steps;
    private final Guard guard;
    private final Frames frames;
    private final Output output;
    private final MissingPages missing;

    SignInPages(
            Experience experience,
            Stages stages,
            Steps steps,
            Guard guard,
            Frames frames,
            Output output,
            MissingPages missing) {
        this.experience = experience;
        this.stages = stages;
        this.steps = steps;
        this.guard = guard;
        this.frames = frames;
        this.output = output;
        this.missing = missing;
    }

    Response show(Request request) {
        Optional<Preview> preview = Preview.of(request, stages.settings(request));
        if (preview.isPresent()) {
            return page(stages.preview(request, preview.get()), "", "", Trouble.NONE);
        }
        return steps.show(request, visit -> {
            Stage stage = stages.of(request, visit.interaction());
            if (!stage.settings().signInMode().allowsSignIn()) {
                return guard.toPage(stage, RegisterPages.PATH);
            }
            return page(stage, steps.token(visit), hint(request, visit), Trouble.NONE);
        });
    }

    Response submit(Request request) {
        Params form = request.form();
        // PostgreSQL has no text with a NUL in it.
        String name = form.first("identifier").orElse("").replace('\0', '\ufffd');
        String password = form.first("password").orElse("");
        return steps.take(
                request,
                visit -> {
                    Stage stage = stages.of(request, visit.interaction());
                    Trouble empty = leftOut(stage, name, password, form);
                    return empty.isNone()
                            ? signIn(visit, stage, name, password)
                            : page(stage, steps.token(visit), name, empty);
                },
                (visit, refusal) -> refused(request, visit, name, refusal));
    }

    private Response signIn(Visit visit, Stage stage, String name, String password) {
        List<IdentifierType> allowed = stage.settings().signIn().withPassword();
        experience.begin(visit, InteractionEvent.SIGN_IN);
        if (allowed.isEmpty()) {
            return page(stage, steps.token(visit), name, Trouble.NONE);
        }
        String proof = experience.verifyPassword(visit, TypedIdentifier.read(name, allowed), password);
        experience.identify(visit, proof);
        return steps.submit(visit, more -> missing.show(stage, visit, more.profile(), Trouble.NONE));
    }

    private Response refused(Request request, Visit visit, String name, AppException refusal) {
        Stage stage = stages.of(request, visit.interaction());
        return page(
                stage,
                steps.token(visit),
                name,
                Trouble.of(refusal, stage.phrases().language()));
    }

    private static Trouble leftOut(Stage stage, String name, String password, Params form) {
        boolean unticked = Terms.mustBeTicked(stage, InteractionEvent.SIGN_IN) && !form.has("agree");
        if (!name.isBlank() && !password.isEmpty() && !unticked) {
            return Trouble.NONE;
        }
        return Trouble.empty(
                name.isBlank() ? stage.say("required.identifier") : null,
                password.isEmpty() ? stage.say("required.password") : null,
                unticked);
    }

    private Response page(Stage stage, String token, String name, Trouble trouble) {
        SignInExperience settings = stage.settings();
        List<IdentifierType> allowed = settings.signIn().withPassword();
        if (allowed.isEmpty()) {
            Frame frame = frames.of(stage, stage.say("sign_in.none.heading"));
            return output.of(200, stage, frame, "message", Messages.notPossible(stage, frame, "sign_in.none"));
        }
        String heading = stage.say("sign_in.heading");
        Frame frame = trouble.isNone() ? frames.of(stage, heading) : frames.erroneous(stage, heading);
        Other register = settings.signInMode().allowsRegistration()
                ? new Other("sign_in.register", "sign_in.register.link", stage.address(RegisterPages.PATH))
                : null;
        FormPage page = new FormPage(
                frame,
                heading,
                "sign_in.lead",
                trouble.notice(),
                stage.address(PATH),
                token,
                fields(stage, allowed, name, trouble),
                Terms.agreement(stage, InteractionEvent.SIGN_IN, trouble.isUnticked()),
                stage.say("sign_in.button"),
                register,
                Terms.sentence(stage, settings.agreeToTermsPolicy() == AgreeToTermsPolicy.AUTOMATIC));
        return output.of(trouble.status(), stage, frame, "form", page);
    }

    private static List<Field> fields(Stage stage, List<IdentifierType> allowed, String name, Trouble trouble) {
        String wanted = stage.request()
                .query()
                .first("identifier")
                .or(() -> stage.interaction() == null
                        ? Optional.empty()
                        : stage.interaction().param("identifier"))
                .orElse("");
        List<IdentifierType> types = TypedIdentifier.narrowed(allowed, wanted);
        Field identifier = Field.text(
                "identifier",
                stage.say(TypedIdentifier.label(types)),
                name.length() > LONGEST_ECHO ? name.substring(0, LONGEST_ECHO) : name,
                "username",
                trouble.identifier());
        Field password = Field.secret(
                "password", stage.say("field.password"), "current-password", trouble.password(), List.of());
        List<Field> fields = List.of(TypedIdentifier.shaped(identifier, types), password);
        return stage.isPreview() ? fields : Field.focusFirst(fields);
    }

    /** The name that the application already knows. */
    private static String hint(Request request, Visit visit) {
        String hint = request.query()
                .first("login_hint")
                .or(() -> visit.interaction().param("login_hint"))
                .orElse("");
        return hint.length() > LONGEST_ECHO ? "" : hint;
    }
}
