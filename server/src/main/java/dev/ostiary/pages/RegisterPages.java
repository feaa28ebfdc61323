package dev.ostiary.pages;

import dev.ostiary.experience.Experience;
import dev.ostiary.experience.Identification;
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

/** {@code /register}: a new account of a username and a password. */
final class RegisterPages {
    static final String PATH = "/register";
    private static final int LONGEST_ECHO = 256;

    private final Experience experience;
    private final Stages stages;
    private final Steps steps;
    private final Guard guard;
    private final Frames frames;
    private final Output output;
    private final MissingPages missing;

    RegisterPages(
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
            if (!stage.settings().signInMode().allowsRegistration()) {
                return guard.toPage(stage, SignInPages.PATH);
            }
            return page(stage, steps.token(visit), "", Trouble.NONE);
        });
    }

    Response submit(Request request) {
        Params form = request.form();
        String name = form.first("identifier").orElse("").strip();
        String password = form.first("password").orElse("");
        return steps.take(
                request,
                visit -> {
                    Stage stage = stages.of(request, visit.interaction());
                    Trouble empty = leftOut(stage, name, password, form);
                    return empty.isNone()
                            ? register(visit, stage, name, password)
                            : page(stage, steps.token(visit), name, empty);
                },
                (visit, refusal) -> {
                    if (hasAccount(visit)) {
                        // Made by the same form, sent a moment earlier: its name is taken by the visitor himself.
                        return submit(visit, stages.of(request, visit.interaction()));
                    }
                    Stage stage = stages.of(request, visit.interaction());
                    return page(
                            stage,
                            steps.token(visit),
                            name,
                            Trouble.of(refusal, stage.phrases().language()));
                });
    }

    private Response register(Visit visit, Stage stage, String name, String password) {
        if (!hasAccount(visit)) {
            experience.begin(visit, InteractionEvent.REGISTER);
            String identity = experience.newPasswordIdentity(visit, name, password);
            if (experience.identify(visit, identity) instanceof Identification.Missing more) {
                experience.save(visit);
                return missing.show(stage, visit, more.profile(), Trouble.NONE);
            }
        }
        return submit(visit, stage);
    }

    private Response submit(Visit visit, Stage stage) {
        return steps.submit(visit, more -> missing.show(stage, visit, more.profile(), Trouble.NONE));
    }

    /** An account that this visit has made already only has to be signed in. */
    private static boolean hasAccount(Visit visit) {
        return visit.event().filter(InteractionEvent.REGISTER::equals).isPresent()
                && visit.userId().isPresent();
    }

    private static Trouble leftOut(Stage stage, String name, String password, Params form) {
        boolean unticked = Terms.mustBeTicked(stage, InteractionEvent.REGISTER) && !form.has("agree");
        if (!name.isEmpty() && !password.isEmpty() && !unticked) {
            return Trouble.NONE;
        }
        return Trouble.empty(
                name.isEmpty() ? stage.say("required.new_username") : null,
                password.isEmpty() ? stage.say("required.new_password") : null,
                unticked);
    }

    private Response page(Stage stage, String token, String name, Trouble trouble) {
        SignInExperience settings = stage.settings();
        if (!isOffered(settings)) {
            Frame frame = frames.of(stage, stage.say("register.none.heading"));
            return output.of(200, stage, frame, "message", Messages.notPossible(stage, frame, "register.none"));
        }
        String heading = stage.say("register.heading");
        Frame frame = trouble.isNone() ? frames.of(stage, heading) : frames.erroneous(stage, heading);
        Other signIn = settings.signInMode().allowsSignIn()
                ? new Other("register.sign_in", "register.sign_in.link", stage.address(SignInPages.PATH))
                : null;
        FormPage page = new FormPage(
                frame,
                heading,
                "register.lead",
                trouble.notice(),
                stage.address(PATH),
                token,
                fields(stage, name, trouble),
                Terms.agreement(stage, InteractionEvent.REGISTER, trouble.isUnticked()),
                stage.say("register.button"),
                signIn,
                settings.agreeToTermsPolicy() == AgreeToTermsPolicy.AUTOMATIC ? Terms.sentence(stage, true) : null);
        return output.of(trouble.status(), stage, frame, "form", page);
    }

    private static List<Field> fields(Stage stage, String name, Trouble trouble) {
        Field username = Field.text(
                "identifier",
                stage.say("identifier.username"),
                name.length() > LONGEST_ECHO ? name.substring(0, LONGEST_ECHO) : name,
                "username",
                trouble.identifier());
        Field password = Field.secret(
                "password",
                stage.say("field.new_password"),
                "new-password",
                trouble.password(),
                NewPasswordRules.of(stage.settings(), trouble.issues(), stage.phrases()));
        List<Field> fields = List.of(username, password);
        return stage.isPreview() ? fields : Field.focusFirst(fields);
    }

    /** Whether a username and a password are enough for an account. */
    private static boolean isOffered(SignInExperience settings) {
        SignInExperience.SignUp signUp = settings.signUp();
        return signUp.identifiers().equals(List.of(IdentifierType.USERNAME))
                && signUp.password()
                && signUp.secondaryIdentifiers().orElse(List.of()).isEmpty();
    }
}
