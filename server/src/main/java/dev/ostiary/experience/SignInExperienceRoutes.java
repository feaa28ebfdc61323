package dev.ostiary.experience;

import dev.ostiary.db.Database;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Shape;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoConnectors;
import dev.ostiary.users.BreachedPasswords;
import dev.ostiary.users.PasswordIssue;
import dev.ostiary.users.PasswordPolicy.Owner;
import dev.ostiary.users.Passwords;
import dev.ostiary.users.User;
import dev.ostiary.users.UsernameConflicts;
import dev.ostiary.users.Users;
import java.util.List;

/** The settings, for who manages them and for the pages that obey them. */
public final class SignInExperienceRoutes {
    private static final String TAG = "Sign-in experience";
    private static final String WELL_KNOWN = "Well-known";

    private final Database database;
    private final Users users;
    private final SignInExperiences settings;
    private final Looks looks;
    private final SsoConnectors ssoConnectors;
    private final NewPasswords newPasswords;

    public SignInExperienceRoutes(
            Database database,
            Users users,
            Passwords passwords,
            BreachedPasswords breached,
            SignInExperiences settings,
            Looks looks,
            SsoConnectors ssoConnectors) {
        this.ssoConnectors = ssoConnectors;
        this.database = database;
        this.users = users;
        this.settings = settings;
        this.looks = looks;
        this.newPasswords = new NewPasswords(passwords, breached);
    }

    /** Routes behind the access filter. */
    public void mount(Routes api) {
        api.get("/sign-in-exp", request -> Response.json(settings.of(request.tenant())))
                .documented("GetSignInExp", TAG)
                .answers(200, SignInExperience.class)
                .answers(401, 403, 404);
        api.patch("/sign-in-exp", this::patch)
                .documented("UpdateSignInExp", TAG)
                .query("removeUnusedDemoSocialConnector")
                .takes(SignInExperienceJson.Patch.class)
                .answers(200, SignInExperience.class)
                .answers(400, 401, 403, 404, 409, 422);
        api.post("/sign-in-exp/default/check-password", this::checkPassword)
                .documented("CheckPasswordWithDefaultSignInExperience", TAG)
                .takes(SignInExperienceJson.CheckPassword.class)
                .answers(200, SignInExperienceJson.CheckedPassword.class)
                .answers(400, 401, 403);
        api.get("/sign-in-exp/username-policy/case-sensitivity-conflicts", this::usernameConflicts)
                .documented("GetUsernameCaseSensitivityConflicts", TAG)
                .query("limit")
                .answers(200, UsernameConflicts.class)
                .answers(400, 401, 403);
    }

    /** Routes for everybody. */
    public void mountOpen(Routes api) {
        api.get("/.well-known/sign-in-exp", this::publicView)
                .documented("GetSignInExperienceConfig", WELL_KNOWN)
                .query("organizationId", "appId")
                .answers(200, 400);
        api.get("/.well-known/experience", this::publicView)
                .documented("GetWellKnownExperience", WELL_KNOWN)
                .query("organizationId", "appId")
                .answers(200, 400);
        api.get("/.well-known/phrases", this::phrases)
                .documented("GetSignInExperiencePhrases", WELL_KNOWN)
                .query("lng")
                .answers(200, 400);
    }

    private Response patch(Request request) {
        return Response.json(settings.patch(request.tenant(), request.body(SignInExperienceJson.Patch.class)));
    }

    private Response checkPassword(Request request) {
        SignInExperienceJson.CheckPassword body = request.body(SignInExperienceJson.CheckPassword.class);
        Owner owner = Owner.UNKNOWN;
        String userId = body.userId();
        if (userId != null) {
            User user = database.read(request.tenant(), tx -> users.get(tx, userId));
            owner = new Owner(user.name(), user.username(), user.primaryEmail(), user.primaryPhone());
        }
        List<PasswordIssue> issues = newPasswords.issues(settings.of(request.tenant()), body.password(), owner);
        return Response.json(SignInExperienceJson.CheckedPassword.of(issues));
    }

    private Response usernameConflicts(Request request) {
        String asked = request.query().first("limit").orElse("20");
        if (!asked.matches("\\d{1,3}") || Integer.parseInt(asked) < 1 || Integer.parseInt(asked) > 100) {
            throw Shape.invalid("Expected a number from 1 to 100", "limit");
        }
        int limit = Integer.parseInt(asked);
        return Response.json(database.read(request.tenant(), tx -> users.usernameConflicts(tx, limit)));
    }

    private Response publicView(Request request) {
        SignInExperience now = looks.of(
                request.tenant(), request.query().get("appId"), request.query().get("organizationId"));
        List<SsoConnector> sso = now.singleSignOnEnabled() ? ssoConnectors.available(request.tenant()) : List.of();
        return Response.json(SignInExperienceJson.publicView(now, sso, request.language()));
    }

    private Response phrases(Request request) {
        String language = Phrases.language(
                settings.of(request.tenant()).languageInfo(), request.query().get("lng"), request.languages());
        return Response.json(Phrases.of(language)).with("Content-Language", language);
    }
}
