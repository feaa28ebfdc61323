package dev.ostiary.pages;

import dev.ostiary.errors.AppException;
import dev.ostiary.experience.MissingProfile;
import dev.ostiary.experience.Visit;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import java.util.ArrayList;
import java.util.List;

/** {@code /sign-in/more}: what an account lacks that the settings ask for. */
final class MissingPages {
    static final String PATH = "/sign-in/more";

    private final Kit kit;

    MissingPages(Kit kit) {
        this.kit = kit;
    }

    Response submit(Request request) {
        Params form = request.form();
        return kit.steps()
                .take(
                        request,
                        visit -> {
                            Stage stage = kit.stages().of(request, visit.interaction());
                            return visit.userId().isEmpty()
                                    ? kit.guard().toPage(stage, SignInEntry.PATH)
                                    : complete(visit, stage, form);
                        },
                        (visit, refusal) -> refused(request, visit, form, refusal));
    }

    private Response complete(Visit visit, Stage stage, Params form) {
        form.first("identifier").ifPresent(name -> kit.experience().addUsername(visit, name.strip()));
        form.first("password").ifPresent(password -> kit.experience().addPassword(visit, password));
        return kit.steps().submit(visit, more -> show(stage, visit, more.profile(), Trouble.NONE));
    }

    private Response refused(Request request, Visit visit, Params form, AppException refusal) {
        Stage stage = kit.stages().of(request, visit.interaction());
        List<MissingProfile> asked = new ArrayList<>();
        if (form.has("identifier")) {
            asked.add(MissingProfile.USERNAME);
        }
        if (form.has("password")) {
            asked.add(MissingProfile.PASSWORD);
        }
        return show(stage, visit, asked, Trouble.of(refusal, stage.phrases().language()));
    }

    Response show(Stage stage, Visit visit, List<MissingProfile> profile, Trouble trouble) {
        boolean tellable =
                profile.stream().allMatch(one -> one == MissingProfile.USERNAME || one == MissingProfile.PASSWORD);
        if (!tellable) {
            Frame frame = kit.frames().of(stage, stage.say("complete.heading"));
            MessagePage page = Messages.telling(
                    stage, frame, stage.say("complete.heading"), List.of(stage.say("complete.none.text")));
            return kit.output().of(422, stage, frame, "message", page);
        }
        List<Field> fields = new ArrayList<>();
        if (profile.contains(MissingProfile.USERNAME)) {
            String typed = stage.request().form().first("identifier").orElse("");
            boolean returned = !trouble.isNone() && typed.length() <= 256;
            fields.add(Field.text(
                    "identifier",
                    stage.say("identifier.username"),
                    returned ? typed : "",
                    "username",
                    trouble.identifier()));
        }
        if (profile.contains(MissingProfile.PASSWORD)) {
            fields.add(Field.secret(
                    "password",
                    stage.say("field.new_password"),
                    "new-password",
                    trouble.password(),
                    NewPasswordRules.of(stage.settings(), trouble.issues(), stage.phrases())));
        }
        String heading = stage.say("complete.heading");
        Frame frame = trouble.isNone()
                ? kit.frames().of(stage, heading)
                : kit.frames().erroneous(stage, heading);
        FormPage page = new FormPage(
                frame,
                heading,
                "complete.lead",
                trouble.notice(),
                stage.address(PATH),
                kit.steps().token(visit),
                Field.focusFirst(fields),
                null,
                stage.say("complete.button"),
                null,
                null,
                null);
        return kit.output().of(trouble.status(), stage, frame, "form", page);
    }
}
