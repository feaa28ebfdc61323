package dev.ostiary.pages;

import dev.ostiary.applications.Applications;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.experience.Experience;
import dev.ostiary.http.Params;
import dev.ostiary.http.Response;
import dev.ostiary.organizations.InvitationLink;
import dev.ostiary.organizations.Invitations;
import dev.ostiary.pages.InvitationPages.Seen;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.users.User;
import dev.ostiary.verifications.IdentifierType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way of an invited person to the tenant's own sign-in pages and back: an ordinary authorization request of a built-in
 * client. Nobody redeems its code; what counts is the session that it leaves behind.
 */
final class InvitationSignIn {
    private final Experience experience;
    private final Invitations invitations;
    private final Tenants tenants;

    InvitationSignIn(Experience experience, Invitations invitations, Tenants tenants) {
        this.experience = experience;
        this.invitations = invitations;
        this.tenants = tenants;
    }

    /** Whether the invited person has an account, or gets one by signing in at their company. */
    boolean isKnown(Stage stage, Seen seen) {
        return seen.owner() != null || isOfCompany(stage, seen);
    }

    private boolean isOfCompany(Stage stage, Seen seen) {
        return !experience
                .ssoConnectors(stage.request().tenant(), seen.invitation().invitee())
                .isEmpty();
    }

    /** Who is signed in as somebody else signs in anew; their session ends when another begins. */
    Response begin(Stage stage, Seen seen) {
        String tenant = stage.request().tenant();
        String language = stage.phrases().language();
        InvitationLink link = new InvitationLink(seen.invitation().id(), seen.token(), invitations.newToken());
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("client_id", List.of(Applications.INVITATION));
        query.put("redirect_uri", List.of(tenants.origin(tenant) + InvitationLink.PATH));
        query.put("response_type", List.of("code"));
        query.put("scope", List.of("openid"));
        query.put("state", List.of(link.nonce() + "." + language));
        query.put("code_challenge", List.of(Hashes.sha256Base64Url(invitations.newToken())));
        query.put("code_challenge_method", List.of("S256"));
        query.put("organization_id", List.of(seen.invitation().organizationId()));
        query.put("first_screen", List.of(isKnown(stage, seen) ? "sign_in" : "register"));
        query.put("ui_locales", List.of(language));
        hint(stage, seen).ifPresent(hint -> query.put("login_hint", List.of(hint)));
        if (seen.user() != null) {
            query.put("prompt", List.of("login"));
        }
        return Guard.kept(Response.seeOther("/oidc/auth?" + Params.of(query).encode()))
                .with(link.cookie(stage.request().site()));
    }

    /** The address where it is a way in, else the name of its account. */
    private Optional<String> hint(Stage stage, Seen seen) {
        boolean byAddress = isOfCompany(stage, seen)
                || stage.settings().signIn().withPassword().contains(IdentifierType.EMAIL);
        @Nullable User owner = seen.owner();
        return byAddress
                ? Optional.of(seen.invitation().invitee())
                : Optional.ofNullable(owner == null ? null : owner.username());
    }
}
