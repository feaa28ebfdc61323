package dev.ostiary.pages;

import dev.ostiary.applications.Applications;
import dev.ostiary.crypto.Hmac;
import dev.ostiary.experience.Experience;
import dev.ostiary.experience.SignInExperiences;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.oidc.authorize.Consents;
import dev.ostiary.sso.SsoConnectors;
import dev.ostiary.sso.SsoTests;
import dev.ostiary.tenants.Tenants;
import java.time.Clock;
import java.util.function.Predicate;

/** The door: mounts the pages, and turns other rooms' errors into pages where a person reads them. */
public final class Pages {
    private final Kit kit;
    private final EntryPages signIn;
    private final EntryPages register;
    private final MissingPages missing;
    private final ConsentPages consent;
    private final ErrorPages errors;
    private final DemoPages demo;
    private final AssetRoutes assets;
    private final SsoEmailPages ssoEmail;
    private final SsoChooserPages ssoChooser;
    private final SsoStartPages ssoStart;
    private final SsoTestPages ssoTest;
    private final CallbackPages callback;
    private final DirectPages direct;
    private final SsoFaultPages faults;
    private final Predicate<Request> isSignedIn;

    /**
     * What the pages are built of.
     *
     * @param hmac of forms and cookies; the same key on all nodes
     * @param isSignedIn whether a browser has a session
     */
    public record Parts(
            Experience experience,
            SignInExperiences experiences,
            Consents consents,
            Applications applications,
            SsoConnectors connectors,
            SsoTests tests,
            Tenants tenants,
            Hmac hmac,
            Clock clock,
            Predicate<Request> isSignedIn) {}

    public Pages(Parts parts) {
        Assets files = new Assets();
        Stages stages = new Stages(parts.experiences, parts.applications);
        Frames frames = new Frames(files);
        Output output = new Output(parts.tenants);
        Guard guard = new Guard(parts.experiences);
        FormTokens tokens = new FormTokens(parts.hmac);
        Steps steps = new Steps(parts.experience, tokens, guard);
        this.kit = new Kit(parts.experience, stages, steps, guard, frames, output);
        this.missing = new MissingPages(kit);
        this.isSignedIn = parts.isSignedIn;
        this.faults = new SsoFaultPages(frames, output);
        SsoAnnouncements announcements = new SsoAnnouncements(parts.hmac, parts.clock);
        Departures departures = new Departures(kit, parts.connectors, faults, announcements);
        this.ssoEmail = new SsoEmailPages(kit, departures);
        this.ssoChooser = new SsoChooserPages(kit, departures);
        this.ssoStart = new SsoStartPages(stages, departures, parts.applications, announcements, faults);
        this.ssoTest = new SsoTestPages(stages, frames, output, parts.tests);
        this.callback = new CallbackPages(kit, missing, faults, ssoTest, parts.isSignedIn);
        Entry signingIn = new SignInEntry(parts.experience);
        Entry registering = new RegisterEntry(parts.experience);
        this.signIn = new EntryPages(kit, signingIn, registering, missing, departures, ssoEmail);
        this.register = new EntryPages(kit, registering, signingIn, missing, departures, ssoEmail);
        this.direct = new DirectPages(kit, departures, signIn, register);
        this.consent = new ConsentPages(parts.experience, parts.consents, stages, tokens, guard, frames, output);
        this.errors = new ErrorPages(stages, frames, output);
        this.demo = new DemoPages(stages, frames, files, output);
        this.assets = new AssetRoutes(files, stages);
    }

    public void mount(Routes routes) {
        routes.get("/", this::home);
        routes.get(SignInEntry.PATH, signIn::show);
        routes.post(SignInEntry.PATH, signIn::submit);
        routes.post(MissingPages.PATH, missing::submit);
        routes.get("/identifier-sign-in", signIn::show);
        routes.get(RegisterEntry.PATH, register::show);
        routes.post(RegisterEntry.PATH, register::submit);
        routes.get("/identifier-register", register::show);
        routes.get(ConsentPages.PATH, consent::show);
        routes.post(ConsentPages.PATH, consent::submit);
        routes.get("/sign-in/*", request -> to(request, SignInEntry.PATH));
        routes.get("/register/*", request -> to(request, RegisterEntry.PATH));
        routes.get("/social/register", request -> to(request, RegisterEntry.PATH));
        routes.get("/reset-password", this::forgot);
        routes.get("/forgot-password", this::forgot);
        routes.get(Guard.UNKNOWN_SESSION, this::unknownSession);
        routes.get("/demo-app", demo::show);
        mountSso(routes);
        assets.mount(routes);
    }

    private void mountSso(Routes routes) {
        routes.get("/single-sign-on", request -> to(request, SsoEmailPages.PATH));
        routes.get(SsoEmailPages.PATH, ssoEmail::show);
        routes.post(SsoEmailPages.PATH, ssoEmail::submit);
        routes.get(SsoChooserPages.PATH, ssoChooser::show);
        routes.get("/direct/{method}/{target}", direct::show);
        routes.get("/callback/{connectorId}", callback::get);
        routes.post("/callback/{connectorId}", callback::post);
        routes.get("/enterprise-sso/{connectorId}/start", ssoStart::start);
        routes.post("/enterprise-sso/{connectorId}/start", ssoStart::start);
        routes.get("/enterprise-sso/{connectorId}/test", ssoTest::open);
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
        return to(request, SignInEntry.PATH);
    }

    private Response to(Request request, String path) {
        return kit.steps()
                .show(request, visit -> kit.guard().toPage(kit.stages().of(request, visit.interaction()), path));
    }

    /** Most who come here and are signed in have pressed the back button. */
    private Response unknownSession(Request request) {
        return isSignedIn.test(request)
                ? faults.page(kit.stages().of(request, null), SsoOutcome.DONE)
                : errors.unknownSession(request);
    }

    private Response forgot(Request request) {
        return kit.steps().show(request, visit -> {
            Stage stage = kit.stages().of(request, visit.interaction());
            Frame frame = kit.frames().of(stage, stage.say("forgot.heading"));
            MessagePage told = Messages.notPossible(stage, frame, "forgot");
            MessagePage page = new MessagePage(
                    frame,
                    told.heading(),
                    told.texts(),
                    new MessagePage.Link(stage.say("forgot.link"), stage.address(SignInEntry.PATH)),
                    null,
                    told.support(),
                    null,
                    told.facts());
            return kit.output().of(200, stage, frame, "message", page);
        });
    }
}
