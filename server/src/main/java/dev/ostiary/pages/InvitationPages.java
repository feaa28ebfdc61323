package dev.ostiary.pages;

import dev.ostiary.crypto.ConstantTime;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.Texts;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.organizations.Invitation;
import dev.ostiary.organizations.InvitationLink;
import dev.ostiary.organizations.InvitationStatus;
import dev.ostiary.pages.MessagePage.Link;
import dev.ostiary.sessions.Session;
import dev.ostiary.users.User;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /invitation/{id}}: where an invited person joins an organization; and {@code /invitation}, where they come back to
 * when they had to sign in first.
 */
final class InvitationPages {
    private static final String WORDS = "invitation.";
    private static final String TOKEN = "token";
    private static final String LINK = "link";

    private final Inviting inviting;
    private final Kit kit;
    private final FormTokens tokens;
    private final InvitationSignIn signIn;

    InvitationPages(Inviting inviting, Kit kit, FormTokens tokens, InvitationSignIn signIn) {
        this.inviting = inviting;
        this.kit = kit;
        this.tokens = tokens;
        this.signIn = signIn;
    }

    /**
     * The invitation of a link, and who holds it.
     *
     * @param user who is signed in in this browser
     * @param owner whose account has the invited address
     * @param inviter as visitors shall read it
     */
    record Seen(
            Invitation invitation,
            String token,
            @Nullable String sessionUid,
            @Nullable User user,
            @Nullable User owner,
            @Nullable String inviter) {

        boolean isForUser() {
            return user != null && owner != null && user.id().equals(owner.id());
        }
    }

    Response show(Request request) {
        Seen seen = see(request, request.param("id"), held(request)).orElse(null);
        if (seen == null) {
            return told(kit.stages().ofOrganization(request, null), 404, "gone", Map.of(), null);
        }
        Stage stage = stage(request, seen);
        return switch (seen.invitation().status()) {
            case PENDING -> open(stage, seen);
            case EXPIRED -> told(stage, 410, "expired", names(stage, seen), null);
            case REVOKED -> told(stage, 410, "revoked", names(stage, seen), null);
            case ACCEPTED -> accepted(stage, seen);
        };
    }

    /** Joins, or leads to where the visitor signs in first. */
    Response submit(Request request) {
        String id = request.param("id");
        Seen seen = see(request, id, request.form().first(LINK).or(() -> held(request)))
                .orElse(null);
        if (seen == null) {
            return again(request, id);
        }
        tokens.check(request, subject(request, seen));
        if (seen.invitation().status() != InvitationStatus.PENDING) {
            return again(request, id);
        }
        if (!seen.isForUser()) {
            return signIn.begin(stage(request, seen), seen);
        }
        accept(request, seen);
        return again(request, id);
    }

    /**
     * From the sign-in. Whoever has pressed the button and then signed in as who was meant is not asked again; that it is
     * the same browser, and the same press, says the nonce.
     */
    Response back(Request request) {
        String state = request.query().first("state").orElse("");
        int dot = state.indexOf('.');
        String nonce = dot < 0 ? state : state.substring(0, dot);
        InvitationLink link = InvitationLink.kept(request)
                .filter(kept -> ConstantTime.equal(kept.nonce(), nonce))
                .orElse(null);
        if (link == null) {
            return told(kit.stages().ofOrganization(request, null), 400, "lost", Map.of(), null);
        }
        see(request, link.id(), Optional.of(link.token()))
                .filter(seen -> seen.invitation().isPending() && seen.isForUser())
                .ifPresent(seen -> accept(request, seen));
        String language = dot < 0 ? "" : state.substring(dot + 1);
        String query = Texts.LANGUAGES.contains(language) ? "?" + PageLanguage.CHOICE + "=" + language : "";
        return Guard.kept(Response.seeOther(path(link.id()) + query));
    }

    private Optional<String> held(Request request) {
        return request.query().first(TOKEN).or(() -> InvitationLink.kept(request)
                .filter(kept -> kept.id().equals(request.param("id")))
                .map(InvitationLink::token));
    }

    private Optional<Seen> see(Request request, String id, Optional<String> token) {
        return token.flatMap(held -> inviting.database().read(request.tenant(), tx -> inviting.invitations()
                .findByToken(tx, id, held)
                .map(invitation -> see(tx, request, invitation, held))));
    }

    private Seen see(Tx tx, Request request, Invitation invitation, String token) {
        @Nullable
        Session session = inviting.sessions()
                .peek(tx, request)
                .filter(Session::isSignedIn)
                .orElse(null);
        @Nullable
        User user = session == null
                ? null
                : inviting.users()
                        .find(tx, Objects.requireNonNull(session.userId()))
                        .filter(known -> !known.isSuspended())
                        .orElse(null);
        @Nullable String inviterId = invitation.inviterId();
        return new Seen(
                invitation,
                token,
                session == null ? null : session.uid(),
                user,
                inviting.users().findByEmail(tx, invitation.invitee()).orElse(null),
                inviterId == null
                        ? null
                        : inviting.users()
                                .find(tx, inviterId)
                                .map(InvitationPages::called)
                                .orElse(null));
    }

    /** A refusal is what the page then tells: withdrawn meanwhile, or accepted in another tab. */
    private void accept(Request request, Seen seen) {
        String userId = Objects.requireNonNull(seen.user()).id();
        try {
            inviting.database().run(request.tenant(), tx -> inviting.invitations()
                    .accept(tx, seen.invitation().id(), seen.token(), userId));
        } catch (AppException refused) {
            if (refused.status() >= 500) {
                throw refused;
            }
        }
    }

    private Stage stage(Request request, Seen seen) {
        return kit.stages().ofOrganization(request, seen.invitation().organizationId());
    }

    private Response open(Stage stage, Seen seen) {
        Map<String, String> names = names(stage, seen);
        List<String> lines = new ArrayList<>();
        String heading;
        String button;
        if (seen.user() != null && !seen.isForUser()) {
            heading = stage.say(WORDS + "other.heading");
            lines.add(WORDS + "other.text");
            lines.add(WORDS + "other.next");
            button = stage.say(WORDS + "other.button");
        } else {
            heading = stage.say(WORDS + "heading", names);
            lines.add(WORDS + (seen.inviter() == null ? "invited" : "invited.by"));
            lines.add(WORDS + (seen.user() == null ? "address" : "account"));
            button = stage.say(
                    WORDS + (seen.user() != null ? "join" : signIn.isKnown(stage, seen) ? "sign_in" : "register"));
        }
        lines.add(WORDS + "until");
        Frame frame = kit.frames().of(stage, heading);
        InvitationPage page = new InvitationPage(
                frame,
                heading,
                lines,
                names,
                stage.address(path(seen.invitation().id())),
                tokens.issue(stage.request().tenant(), subject(stage.request(), seen)),
                seen.token(),
                button);
        return kit.output().of(200, stage, frame, "invitation", page);
    }

    /** Told to who has accepted it, as often as they look; to others, that it is used. */
    private Response accepted(Stage stage, Seen seen) {
        User user = seen.user();
        boolean isOwn = user != null && user.id().equals(seen.invitation().acceptedUserId());
        Map<String, String> names = names(stage, seen);
        if (!isOwn) {
            return told(stage, 410, "used", names, null);
        }
        String home = Legal.web(stage.settings().unknownSessionRedirectUrl());
        return told(
                stage, 200, "joined", names, home == null ? null : new Link(stage.say(WORDS + "joined.link"), home));
    }

    private Response told(Stage stage, int status, String word, Map<String, String> names, @Nullable Link link) {
        String heading = stage.say(WORDS + word + ".heading", names);
        List<String> texts = Stream.of("text", "roles", "next")
                .map(part -> WORDS + word + "." + part)
                .filter(key -> stage.phrases().has(key))
                .filter(key -> !key.endsWith(".roles")
                        || !names.getOrDefault("roles", "").isEmpty())
                .map(key -> stage.say(key, names))
                .toList();
        Frame frame = kit.frames().of(stage, heading);
        MessagePage page = new MessagePage(frame, heading, texts, link, null, Messages.support(stage), null, List.of());
        return kit.output().of(status, stage, frame, "message", page);
    }

    private static Map<String, String> names(Stage stage, Seen seen) {
        Invitation invitation = seen.invitation();
        Map<String, String> names = new LinkedHashMap<>();
        names.put("organization", Objects.requireNonNullElse(stage.brand().organizationName(), ""));
        names.put("address", invitation.invitee());
        names.put("inviter", Objects.requireNonNullElse(seen.inviter(), ""));
        names.put("account", seen.user() == null ? "" : called(seen.user()));
        names.put(
                "roles",
                invitation.organizationRoles().stream()
                        .map(Invitation.RoleName::name)
                        .collect(Collectors.joining(", ")));
        names.put(
                "time",
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                                .withLocale(
                                        Locale.forLanguageTag(stage.phrases().language()))
                                .format(invitation.expiresAt().atOffset(ZoneOffset.UTC))
                        + " UTC");
        return names;
    }

    private static String called(User user) {
        return Stream.of(user.primaryEmail(), user.username(), user.name(), user.primaryPhone())
                .filter(known -> known != null && !known.isBlank())
                .findFirst()
                .orElse(user.id());
    }

    private Response again(Request request, String id) {
        String query = request.rawQuery();
        return Guard.kept(Response.seeOther(query.isEmpty() ? path(id) : path(id) + "?" + query));
    }

    static String path(String id) {
        return InvitationLink.PATH + "/" + Params.encode(id).replace("+", "%20");
    }

    /** What a form of this page is bound to: the invitation, and who was signed in when it was shown. */
    private static String subject(Request request, Seen seen) {
        return "invitation\0" + request.tenant() + '\0' + seen.invitation().id() + '\0'
                + Objects.requireNonNullElse(seen.sessionUid(), "");
    }
}
