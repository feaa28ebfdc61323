package dev.ostiary.experience;

import dev.ostiary.errors.AppException;
import dev.ostiary.http.Handler;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Shape;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.users.UserError;
import dev.ostiary.verifications.VerificationError;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * The Experience API. Every route asks for the interaction first, then whether it was begun, and only then reads the
 * body: clients rely on this order of refusals.
 */
public final class ExperienceRoutes {
    private static final String TAG = "Experience";
    private static final int LONGEST_EMAIL = 256;
    private static final Pattern EMAIL = Pattern.compile("\\S+@\\S+\\.\\S+");

    private final Experience experience;

    public ExperienceRoutes(Experience experience) {
        this.experience = experience;
    }

    public void mount(Routes api) {
        Routes routes = api.under("/experience");
        routes.put("", this::begin)
                .documented("InitInteraction", TAG)
                .takes(ExperienceJson.Begin.class)
                .answers(204, 400, 422);
        routes.put("/interaction-event", step(this::changeEvent))
                .documented("UpdateInteractionEvent", TAG)
                .takes(ExperienceJson.ChangeEvent.class)
                .answers(204, 400, 403);
        routes.get("/interaction", step((visit, request) -> Response.json(experience.view(visit))))
                .documented("GetInteraction", TAG)
                .answers(200, ExperienceJson.View.class);
        routes.post("/identification", step(this::identify))
                .documented("IdentifyUser", TAG)
                .takes(ExperienceJson.Identify.class)
                .answers(201, 204, 400, 401, 403, 404, 409, 422);
        routes.post("/submit", step(this::submit))
                .documented("SubmitInteraction", TAG)
                .answers(200, ExperienceJson.Submitted.class)
                .answers(400, 403, 404, 422);
        routes.post("/verification/password", step(this::verifyPassword))
                .documented("CreatePasswordVerification", TAG)
                .takes(ExperienceJson.Password.class)
                .answers(200, ExperienceJson.VerificationId.class)
                .answers(400, 401, 409, 422);
        routes.post("/verification/new-password-identity", step(this::newPasswordIdentity))
                .documented("CreateNewPasswordIdentityVerification", TAG)
                .takes(ExperienceJson.NewIdentity.class)
                .answers(200, ExperienceJson.VerificationId.class)
                .answers(400, 422);
        routes.get("/sso-connectors", this::ssoConnectors)
                .documented("GetEnabledSsoConnectors", TAG)
                .query("email")
                .answers(200, ExperienceJson.ConnectorIds.class)
                .answers(400);
        routes.post("/verification/sso/{connectorId}/authorization-uri", step(this::startSso))
                .documented("CreateEnterpriseSsoVerification", TAG)
                .takes(ExperienceJson.Depart.class)
                .answers(200, ExperienceJson.Departed.class)
                .answers(400, 404, 422, 500);
        routes.post("/verification/sso/{connectorId}/verify", step(this::finishSso))
                .documented("VerifyEnterpriseSsoVerification", TAG)
                .takes(ExperienceJson.Arrive.class)
                .answers(200, ExperienceJson.VerificationId.class)
                .answers(400, 404, 422, 500);
        routes.post("/profile", step(this::addProfile))
                .documented("AddUserProfile", TAG)
                .takes(ExperienceJson.Profile.class)
                .answers(204, 400, 403, 404, 422);
    }

    private Response begin(Request request) {
        Visit visit = experience.visit(request);
        experience.begin(visit, request.body(ExperienceJson.Begin.class).interactionEvent());
        experience.save(visit);
        return noStore(Response.noContent());
    }

    private Response changeEvent(Visit visit, Request request) {
        experience.changeEvent(
                visit, request.body(ExperienceJson.ChangeEvent.class).interactionEvent());
        return Response.noContent();
    }

    private Response verifyPassword(Visit visit, Request request) {
        ExperienceJson.Password body = request.body(ExperienceJson.Password.class);
        String id = experience.verifyPassword(visit, body.identifier().identifier(), body.password());
        return Response.json(new ExperienceJson.VerificationId(id));
    }

    private Response newPasswordIdentity(Visit visit, Request request) {
        ExperienceJson.NewIdentity body = request.body(ExperienceJson.NewIdentity.class);
        String id = experience.newPasswordIdentity(visit, body.identifier().value(), body.password());
        return Response.json(new ExperienceJson.VerificationId(id));
    }

    /** Asked before anything was begun: which way a visitor goes depends on it. */
    private Response ssoConnectors(Request request) {
        Visit visit = experience.visit(request);
        String email = request.query().first("email").orElse("");
        if (email.length() > LONGEST_EMAIL || !EMAIL.matcher(email).matches()) {
            throw Shape.invalid("Invalid email", "email");
        }
        List<String> ids = experience.ssoConnectors(visit.tenant(), email).stream()
                .map(SsoConnector::id)
                .toList();
        return noStore(Response.json(new ExperienceJson.ConnectorIds(ids)));
    }

    private Response startSso(Visit visit, Request request) {
        ExperienceJson.Depart body = request.body(ExperienceJson.Depart.class);
        SsoStart start = experience.startSso(visit, request.param("connectorId"), body.state(), body.redirectUri());
        return Response.json(
                new ExperienceJson.Departed(start.authorizationUri().toString(), start.verificationId()));
    }

    private Response finishSso(Visit visit, Request request) {
        ExperienceJson.Arrive body = request.body(ExperienceJson.Arrive.class);
        String id = experience.finishSso(visit, request.param("connectorId"), body.verificationId(), body.answer());
        return Response.json(new ExperienceJson.VerificationId(id));
    }

    private Response identify(Visit visit, Request request) {
        String verificationId = request.body(ExperienceJson.Identify.class).verificationId();
        return switch (experience.identify(visit, verificationId)) {
            case Identification.Identified identified -> Response.noContent();
            case Identification.Registered registered -> Response.empty(201);
            case Identification.Missing(List<MissingProfile> profile) -> {
                // What was told so far is kept; the client adds the rest and asks again.
                experience.save(visit);
                throw missing(profile);
            }
        };
    }

    private Response addProfile(Visit visit, Request request) {
        switch (request.body(ExperienceJson.Profile.class)) {
            case ExperienceJson.Profile.Username(String value) -> experience.addUsername(visit, value);
            case ExperienceJson.Profile.Password(String value) -> experience.addPassword(visit, value);
            case ExperienceJson.Profile.Extra extra -> {
                List<String> names = List.copyOf(extra.values().propertyNames());
                experience.addExtraProfile(visit, names);
            }
            // No proof of these kinds can be made yet, so none has this id.
            case ExperienceJson.Profile.Email email -> throw VerificationError.NOT_FOUND.exception();
            case ExperienceJson.Profile.Phone phone -> throw VerificationError.NOT_FOUND.exception();
            case ExperienceJson.Profile.Social social -> throw VerificationError.NOT_FOUND.exception();
        }
        return Response.noContent();
    }

    private Response submit(Visit visit, Request request) {
        return switch (experience.submit(visit)) {
            case Submission.Done(String redirectTo) -> Response.json(new ExperienceJson.Submitted(redirectTo));
            case Submission.Missing(List<MissingProfile> profile) -> throw missing(profile);
        };
    }

    private static AppException missing(List<MissingProfile> profile) {
        return UserError.MISSING_PROFILE.exception(new ExperienceJson.Missing(profile));
    }

    /** Opens the visit, requires that it was begun, and keeps what the step changed. */
    private Handler step(BiFunction<Visit, Request, Response> step) {
        return request -> {
            Visit visit = experience.visit(request);
            visit.progress();
            Response response = step.apply(visit, request);
            experience.save(visit);
            return noStore(response);
        };
    }

    private static Response noStore(Response response) {
        return response.withDefaults(Map.of("Cache-Control", "no-store"));
    }
}
