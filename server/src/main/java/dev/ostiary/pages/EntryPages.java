package dev.ostiary.pages;

import dev.ostiary.errors.AppException;
import dev.ostiary.experience.InteractionEvent;
import dev.ostiary.experience.MissingProfile;
import dev.ostiary.experience.SignInExperience;
import dev.ostiary.experience.SignInExperience.AgreeToTermsPolicy;
import dev.ostiary.experience.Visit;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.pages.FormPage.Other;
import dev.ostiary.sso.SsoConnector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pages with a name, a password and one button. An address of a company with single sign-on leaves from here too. */
final class EntryPages {
    private final Kit kit;
    private final Entry entry;
    private final Entry other;
    private final MissingPages missing;
    private final Departures departures;
    private final SsoEmailPages emails;

    /** @param other the page that stands in where this one is closed */
    EntryPages(Kit kit, Entry entry, Entry other, MissingPages missing, Departures departures, SsoEmailPages emails) {
        this.kit = kit;
        this.entry = entry;
        this.other = other;
        this.missing = missing;
        this.departures = departures;
        this.emails = emails;
    }

    Response show(Request request) {
        Optional<Preview> preview = Preview.of(request, kit.stages().settings(request));
        if (preview.isPresent()) {
            return page(kit.stages().preview(request, preview.get()), "", "", Trouble.NONE);
        }
        return kit.steps().show(request, visit -> {
            Stage stage = kit.stages().of(request, visit.interaction());
            return entry.isOpen(stage)
                    ? departures.announced(visit, stage).orElseGet(() -> show(visit, stage, Trouble.NONE))
                    : kit.guard().toPage(stage, other.path());
        });
    }

    /** The page at the beginning of a visit, perhaps with word of why the visitor is here. */
    Response show(Visit visit, Stage stage, Trouble trouble) {
        return page(stage, kit.steps().token(visit), stage.hint(), trouble);
    }

    Response submit(Request request) {
        Params form = request.form();
        // PostgreSQL has no text with a NUL in it.
        String name =
                form.first("identifier").orElse("").replace('\0', '\ufffd').strip();
        return kit.steps()
                .take(
                        request,
                        visit -> submit(visit, kit.stages().of(request, visit.interaction()), name, form),
                        (visit, refusal) ->
                                refused(visit, kit.stages().of(request, visit.interaction()), name, refusal));
    }

    private Response submit(Visit visit, Stage stage, String name, Params form) {
        String password = form.first("password").orElse("");
        // Looked at before the password: who signs in elsewhere has none here, and what was typed is dropped.
        List<SsoConnector> elsewhere = departures.ofAddress(stage, name);
        boolean unticked = Terms.mustBeTicked(stage, entry.event()) && !form.has("agree");
        boolean noPassword = password.isEmpty() && elsewhere.isEmpty();
        if (name.isEmpty() || noPassword || unticked) {
            Trouble empty = Trouble.empty(
                    name.isEmpty() ? entry.required(stage, false) : null,
                    noPassword ? entry.required(stage, true) : null,
                    unticked);
            return page(stage, kit.steps().token(visit), name, empty);
        }
        if (!elsewhere.isEmpty()) {
            return departures.leave(visit, stage, elsewhere, name);
        }
        if (!entry.isOffered(stage)) {
            return page(stage, kit.steps().token(visit), name, Trouble.NONE);
        }
        List<MissingProfile> more = entry.enter(visit, stage, name, password);
        if (!more.isEmpty()) {
            kit.experience().save(visit);
            return missing.show(stage, visit, more, Trouble.NONE);
        }
        return finish(visit, stage);
    }

    private Response finish(Visit visit, Stage stage) {
        return kit.steps().submit(visit, more -> missing.show(stage, visit, more.profile(), Trouble.NONE));
    }

    private Response refused(Visit visit, Stage stage, String name, AppException refusal) {
        if (entry.isDone(visit)) {
            return finish(visit, stage);
        }
        Optional<Response> elsewhere = departures.instead(visit, stage, refusal, name);
        return elsewhere.orElseGet(() -> page(
                stage,
                kit.steps().token(visit),
                name,
                Trouble.of(refusal, stage.phrases().language())));
    }

    private Response page(Stage stage, String token, String name, Trouble trouble) {
        boolean hasSso = departures.isOffered(stage);
        if (!entry.isOffered(stage)) {
            return hasSso ? emails.only(stage, token, name, trouble) : notPossible(stage);
        }
        String heading = stage.say(entry.words() + ".heading");
        Frame frame = trouble.isNone()
                ? kit.frames().of(stage, heading)
                : kit.frames().erroneous(stage, heading);
        FormPage page = new FormPage(
                frame,
                heading,
                entry.lead(stage),
                trouble.notice(),
                stage.address(entry.path()),
                token,
                fields(stage, name, trouble),
                Terms.agreement(stage, entry.event(), trouble.isUnticked()),
                stage.say(entry.words() + ".button"),
                hasSso ? departures.offer(stage) : null,
                other.isOpen(stage) ? way(stage) : null,
                terms(stage));
        return kit.output().of(trouble.status(), stage, frame, "form", page);
    }

    /** From signing in to registering, and back. */
    private Other way(Stage stage) {
        String key = entry.words() + "." + other.words();
        return new Other(key, key + ".link", stage.address(other.path()));
    }

    private @Nullable String terms(Stage stage) {
        SignInExperience settings = stage.settings();
        boolean byGoingOn = settings.agreeToTermsPolicy() == AgreeToTermsPolicy.AUTOMATIC;
        return entry.event() == InteractionEvent.SIGN_IN || byGoingOn ? Terms.sentence(stage, byGoingOn) : null;
    }

    private Response notPossible(Stage stage) {
        String key = entry.words() + ".none";
        Frame frame = kit.frames().of(stage, stage.say(key + ".heading"));
        return kit.output().of(200, stage, frame, "message", Messages.notPossible(stage, frame, key));
    }

    private List<Field> fields(Stage stage, String name, Trouble trouble) {
        List<Field> fields = new ArrayList<>(entry.settled(stage));
        fields.add(entry.identifier(stage, Field.echo(name), trouble));
        fields.add(entry.password(stage, trouble));
        return stage.isPreview() ? fields : Field.focusFirst(fields);
    }
}
