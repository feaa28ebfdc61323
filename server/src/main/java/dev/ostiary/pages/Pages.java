package dev.ostiary.pages;

import dev.ostiary.applications.Applications;
import dev.ostiary.crypto.Hmac;
import dev.ostiary.experience.CustomUi;
import dev.ostiary.experience.Experience;
import dev.ostiary.experience.Looks;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.oidc.authorize.Consents;
import dev.ostiary.oidc.device.Devices;
import dev.ostiary.organizations.InvitationLink;
import dev.ostiary.sso.SsoConnectors;
import dev.ostiary.sso.SsoTests;
import dev.ostiary.tenants.Tenants;
import java.time.Clock;
import java.util.function.Function;
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
    private final DevicePages device;
    private final DeviceDemoPages deviceDemo;
    private final AssetRoutes assets;
    private final SsoEmailPages ssoEmail;
    private final SsoChooserPages ssoChooser;
    private final SsoStartPages ssoStart;
    private final SsoTestPages ssoTest;
    private final CallbackPages callback;
    private final DirectPages direct;
    private final SsoFaultPages faults;
    private final InvitationPages invitation;
    private final Predicate<Request> isSignedIn;
    private final SsoAnnouncements announcements;
    private final CustomUiPages custom;

    /**
     * What the pages are built of.
     *
     * @param hmac of a tenant's forms and cookies; the same keys on all nodes
     * @param isSignedIn whether a browser has a session
     */
    public record Parts(
            Experience experience,
            Looks looks,
            CustomUi customUi,
            Consents consents,
            Devices devices,
            Applications applications,
            SsoConnectors connectors,
            SsoTests tests,
            Tenants tenants,
            Function<String, Hmac> hmac,
            Clock clock,
            Inviting inviting,
            Predicate<Request> isSignedIn) {}

    public Pages(Parts parts) {
        Assets files = new Assets();
        Stages stages = new Stages(parts.looks, parts.applications, parts.experience);
        Frames frames = new Frames(files);
        Output output = new Output(parts.tenants);
        WayBack wayBack = new WayBack(parts.applications, parts.tenants);
        Guard guard = new Guard(parts.looks, wayBack);
        FormTokens tokens = new FormTokens(parts.hmac);
        Steps steps = new Steps(parts.experience, tokens, guard);
        this.kit = new Kit(parts.experience, stages, steps, guard, frames, output);
        this.missing = new MissingPages(kit);
        this.isSignedIn = parts.isSignedIn;
        this.faults = new SsoFaultPages(frames, output);
        this.announcements = new SsoAnnouncements(parts.hmac, parts.clock);
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
        this.consent =
                new ConsentPages(parts.experience, parts.consents, stages, tokens, guard, frames, output, parts.looks);
        this.invitation = new InvitationPages(
                parts.inviting,
                kit,
                tokens,
                new InvitationSignIn(parts.experience, parts.inviting.invitations(), parts.tenants));
        this.errors = new ErrorPages(stages, frames, output, wayBack);
        this.demo = new DemoPages(stages, frames, files, output);
        this.device = new DevicePages(parts.devices, stages, frames, output, parts.clock);
        this.deviceDemo = new DeviceDemoPages(stages, frames, files, output);
        this.assets = new AssetRoutes(files, stages);
        this.custom = new CustomUiPages(parts.customUi, stages::settings, this::isOurs);
    }

    public void mount(Routes routes) {
        Routes own = routes.with(custom::page);
        own.get("/", this::home);
        own.get(SignInEntry.PATH, signIn::show);
        routes.post(SignInEntry.PATH, signIn::submit);
        routes.post(MissingPages.PATH, missing::submit);
        own.get("/identifier-sign-in", signIn::show);
        own.get(RegisterEntry.PATH, register::show);
        routes.post(RegisterEntry.PATH, register::submit);
        own.get("/identifier-register", register::show);
        own.get(ConsentPages.PATH, consent::show);
        routes.post(ConsentPages.PATH, consent::submit);
        own.get("/sign-in/*", request -> to(request, SignInEntry.PATH));
        own.get("/register/*", request -> to(request, RegisterEntry.PATH));
        own.get("/social/register", request -> to(request, RegisterEntry.PATH));
        own.get("/reset-password", this::forgot);
        own.get("/forgot-password", this::forgot);
        routes.get(Guard.UNKNOWN_SESSION, this::unknownSession);
        routes.get("/demo-app", demo::show);
        // Ours even where a tenant has its own: this page is what a person learns a stranger's device by.
        routes.get(DevicePages.PATH, device::show);
        routes.get(DevicePages.SUCCESS, device::success);
        routes.get(DeviceDemoPages.PATH, deviceDemo::show);
        routes.get(DeviceDemoPages.QR, deviceDemo::qr);
        routes.get(InvitationLink.PATH, invitation::back);
        routes.get(InvitationLink.PATH + "/{id}", invitation::show);
        routes.post(InvitationLink.PATH + "/{id}", invitation::submit);
        mountSso(routes, own);
        assets.mount(routes, routes.with(custom::file));
    }

    private void mountSso(Routes routes, Routes own) {
        own.get("/single-sign-on", request -> to(request, SsoEmailPages.PATH));
        own.get(SsoEmailPages.PATH, ssoEmail::show);
        routes.post(SsoEmailPages.PATH, ssoEmail::submit);
        own.get(SsoChooserPages.PATH, ssoChooser::show);
        routes.get("/direct/{method}/{target}", direct::show);
        own.get("/callback/{connectorId}", callback::get);
        routes.post("/callback/{connectorId}", callback::post);
        routes.get("/enterprise-sso/{connectorId}/start", ssoStart::start);
        routes.post("/enterprise-sso/{connectorId}/start", ssoStart::start);
        routes.get("/enterprise-sso/{connectorId}/test", ssoTest::open);
    }

    /** What no route knows: perhaps a file of a tenant's own pages. */
    public Response unknown(Request request) {
        return custom.unknown(request);
    }

    /** What the pages have begun they go on with, though a tenant has its own. */
    private boolean isOurs(Request request) {
        String path = request.path();
        if (path.startsWith(CallbackPages.BELOW)) {
            String state = request.query().first("state").orElse("");
            return SsoTests.isTest(state) || Experience.isDeparted(state);
        }
        if (request.query().has("preview")) {
            return true;
        }
        return path.equals(SignInEntry.PATH)
                && announcements.isAnnounced(request)
                && kit.experience()
                        .findVisit(request)
                        .flatMap(visit -> announcements.read(request, visit.interaction()))
                        .isPresent();
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
