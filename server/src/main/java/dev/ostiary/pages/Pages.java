package dev.ostiary.pages;

import dev.ostiary.applications.Applications;
import dev.ostiary.crypto.Hmac;
import dev.ostiary.experience.Experience;
import dev.ostiary.experience.SignInExperiences;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.oidc.authorize.Consents;
import dev.ostiary.tenants.Tenants;

/** The door: mounts the pages, and turns other rooms' errors into pages where a person reads them. */
public final class Pages {
    private final Stages stages;
    private final Guard guard;
    private final SignInPages signIn;
    private final RegisterPages register;
    private final MissingPages missing;
    private final ConsentPages consent;
    private final ErrorPages errors;
    private final DemoPages demo;
    private final AssetRoutes assets;
    private final Steps steps;
    private final Frames frames;
    private final Output output;

    /** @param hmac of the forms; the same key on all nodes */
    public Pages(
            Experience experience,
            SignInExperiences experiences,
            Consents consents,
            Applications applications,
            Tenants tenants,
            Hmac hmac) {
        Assets files = new Assets();
        this.stages = new Stages(experiences, applications);
        this.frames = new Frames(files);
        this.output = new Output(tenants);
        this.guard = new Guard(experiences);
        FormTokens tokens = new FormTokens(hmac);
        this.steps = new Steps(experience, tokens, guard);
        this.missing = new MissingPages(experience, stages, steps, guard, frames, output);
        this.signIn = new SignInPages(experience, stages, steps, guard, frames, output, missing);
        this.register = new RegisterPages(experience, stages, steps, guard, frames, output, missing);
        this.consent = new ConsentPages(experience, consents, stages, tokens, guard, frames, output);
        this.errors = new ErrorPages(stages, frames, output);
        this.demo = new DemoPages(stages, frames, files, output);
        this.assets = new AssetRoutes(files, stages);
    }

    public void mount(Routes routes) {
        routes.get("/", this::home);
        routes.get(SignInPages.PATH, signIn::show);
        routes.post(SignInPages.PATH, signIn::submit);
        routes.post(MissingPages.PATH, missing::submit);
        routes.get("/identifier-sign-in", signIn::show);
        routes.get(RegisterPages.PATH, register::show);
        routes.post(RegisterPages.PATH, register::submit);
        routes.get("/identifier-register", register::show);
        routes.get(ConsentPages.PATH, consent::show);
        routes.post(ConsentPages.PATH, consent::submit);
        routes.get("/sign-in/*", request -> to(request, SignInPages.PATH));
        routes.get("/register/*", request -> to(request, RegisterPages.PATH));
        routes.get("/single-sign-on", request -> to(request, SignInPages.PATH));
        routes.get("/social/register", request -> to(request, RegisterPages.PATH));
        routes.get("/direct/{method}/{target}", this::direct);
        routes.get("/reset-password", this::forgot);
        routes.get("/forgot-password", this::forgot);
        routes.get(Guard.UNKNOWN_SESSION, errors::unknownSession);
        routes.get("/demo-app", demo::show);
        assets.mount(routes);
    }

    /** An error of any room, as a page if a person asked for one. */
    public Response dress(Request request, Response response) {
        return errors.dress(request, response);
    }

    private Response home(Request request) {
        if (request.tenant().equals(Tenants.ADMIN)) {
            // The console is the application of this tenant.
            return Response.found("/console");
        }
        return to(request, SignInPages.PATH);
    }

    private Response to(Request request, String path) {
        return steps.show(request, visit -> guard.toPage(stages.of(request, visit.interaction()), path));
    }

    /** Providers that could be gone to directly cannot be set up yet; the screen behind them is what is left. */
    private Response direct(Request request) {
        boolean registers = request.query().first("fallback").orElse("").contains("register");
        return to(request, registers ? RegisterPages.PATH : SignInPages.PATH);
    }

    private Response forgot(Request request) {
        return steps.show(request, visit -> {
            Stage stage = stages.of(request, visit.interaction());
            Frame frame = frames.of(stage, stage.say("forgot.heading"));
            MessagePage told = Messages.notPossible(stage, frame, "forgot");
            MessagePage page = new MessagePage(
                    frame,
                    told.heading(),
                    told.texts(),
                    new MessagePage.Link(stage.say("forgot.link"), stage.address(SignInPages.PATH)),
                    told.support(),
                    told.facts());
            return output.of(200, stage, frame, "message", page);
        });
    }
}
