package dev.ostiary.organizations;

import dev.ostiary.db.Database;
import dev.ostiary.errors.AppException;
import dev.ostiary.http.Page;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Shape;
import dev.ostiary.messages.Messages;
import dev.ostiary.organizations.InvitationJson.Create;
import dev.ostiary.organizations.InvitationJson.Link;
import dev.ostiary.organizations.InvitationJson.Message;
import dev.ostiary.organizations.InvitationJson.Outcome;
import dev.ostiary.organizations.InvitationJson.View;
import dev.ostiary.organizations.InvitationStore.Filter;
import dev.ostiary.users.Users;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /organization-invitations} of the Management API. */
public final class InvitationRoutes {
    private static final String TAG = "Organization invitations";
    private static final int LONGEST_QUERY = 256;

    private final Database database;
    private final Invitations invitations;
    private final InvitationMail mail;

    public InvitationRoutes(
            Database database, Invitations invitations, Organizations organizations, Users users, Messages messages) {
        this.database = database;
        this.invitations = invitations;
        this.mail = new InvitationMail(messages, organizations, users);
    }

    public void mount(Routes api) {
        Routes routes = api.under("/organization-invitations");
        routes.get("", this::list)
                .documented("ListOrganizationInvitations", TAG)
                .query("organizationId", "inviterId", "invitee", "q", "status")
                .paged()
                .answersList(200, View.class)
                .answers(400, 401, 403);
        routes.post("", this::create)
                .documented("CreateOrganizationInvitation", TAG)
                .takes(Create.class)
                .answers(201, View.class)
                .answers(400, 401, 403, 422, 429, 501);
        routes.get("/{id}", this::get)
                .documented("GetOrganizationInvitation", TAG)
                .answers(200, View.class)
                .answers(400, 401, 403, 404);
        routes.delete("/{id}", this::delete)
                .documented("DeleteOrganizationInvitation", TAG)
                .answers(204, 400, 401, 403, 404);
        routes.post("/{id}/message", this::send)
                .documented("CreateOrganizationInvitationMessage", TAG)
                .takes(Message.class)
                .answers(204, 400, 401, 403, 404, 422, 429, 501);
        routes.post("/{id}/link", this::link)
                .documented("CreateOrganizationInvitationLink", TAG)
                .answers(201, Link.class)
                .answers(401, 403, 404, 422);
        routes.put("/{id}/status", this::replaceStatus)
                .documented("ReplaceOrganizationInvitationStatus", TAG)
                .takes(Outcome.class)
                .answers(200, View.class)
                .answers(400, 401, 403, 404, 422);
    }

    private Response list(Request request) {
        Filter filter = new Filter(
                text(request, "organizationId"),
                text(request, "inviterId"),
                text(request, "invitee"),
                Asked.text(request).orElse(null),
                Asked.value(request, "status").map(InvitationRoutes::status).orElse(null));
        Optional<Page> page = Page.optional(request);
        return database.read(request.tenant(), tx -> {
            long offset = page.map(Page::offset).orElse(0L);
            long limit = page.map(p -> (long) p.size()).orElse(Long.MAX_VALUE);
            List<View> rows = invitations.list(tx, filter, offset, limit).stream()
                    .map(invitation -> View.of(tx.tenant(), invitation))
                    .toList();
            return page.map(p -> p.answer(request, rows, invitations.count(tx, filter)))
                    .orElseGet(() -> Response.json(rows));
        });
    }

    /** What no column can hold is nobody's: the filter becomes one that nothing passes. */
    private static @Nullable String text(Request request, String name) {
        return request.query()
                .first(name)
                .filter(value -> !value.isEmpty())
                .map(value -> value.length() > LONGEST_QUERY || value.indexOf('\0') >= 0 ? " " : value)
                .orElse(null);
    }

    private static InvitationStatus status(String word) {
        return InvitationStatus.find(word).orElseThrow(() -> Shape.invalid("Not a status of an invitation", "status"));
    }

    private Response create(Request request) {
        Create wanted = request.body(Create.class);
        Optional<Message> message = wanted.message();
        if (message.isPresent()) {
            mail.require(request.tenant());
        }
        Optional<String> token = message.filter(m -> m.link().isEmpty()).map(m -> invitations.newToken());
        record Made(Invitation invitation, @Nullable ObjectNode context) {}
        Made made = database.write(request.tenant(), tx -> {
            Invitation created = invitations.create(tx, wanted.draft(), token.orElse(null));
            ObjectNode context = message.map(m -> mail.context(tx, created, m, link(tx.tenant(), created, m, token)))
                    .orElse(null);
            return new Made(created, context);
        });
        if (made.context() != null) {
            sendOrForget(request.tenant(), made.invitation(), made.context());
        }
        return Response.json(201, View.of(request.tenant(), made.invitation()));
    }

    /** An invitation that nobody has heard of would stand in the way of the next attempt. */
    private void sendOrForget(String tenant, Invitation invitation, ObjectNode context) {
        try {
            mail.send(tenant, invitation, context);
        } catch (AppException unsent) {
            database.run(tenant, tx -> invitations.delete(tx, invitation.id()));
            throw unsent;
        }
    }

    private String link(String tenant, Invitation invitation, Message message, Optional<String> token) {
        return message.link().orElseGet(() -> invitations.link(tenant, invitation.id(), token.orElseThrow()));
    }

    private Response get(Request request) {
        return database.read(
                request.tenant(), tx -> Response.json(View.of(tx.tenant(), invitations.get(tx, request.param("id")))));
    }

    private Response delete(Request request) {
        database.run(request.tenant(), tx -> invitations.delete(tx, request.param("id")));
        return Response.noContent();
    }

    private Response send(Request request) {
        Message message = request.body(Message.class);
        mail.require(request.tenant());
        Optional<String> token = message.link().isPresent() ? Optional.empty() : Optional.of(invitations.newToken());
        record Ready(Invitation invitation, ObjectNode context) {}
        Ready ready = database.write(request.tenant(), tx -> {
            Invitation invitation = invitations.getPending(tx, request.param("id"));
            token.ifPresent(t -> invitations.replaceToken(tx, invitation, t));
            return new Ready(
                    invitation, mail.context(tx, invitation, message, link(tx.tenant(), invitation, message, token)));
        });
        mail.send(request.tenant(), ready.invitation(), ready.context());
        return Response.noContent();
    }

    /** For administrators without a mail server: they hand the link over themselves. It is shown this once. */
    private Response link(Request request) {
        String token = invitations.newToken();
        return database.write(request.tenant(), tx -> {
            Invitation invitation = invitations.getPending(tx, request.param("id"));
            invitations.replaceToken(tx, invitation, token);
            Link link = new Link(
                    invitations.link(tx.tenant(), invitation.id(), token),
                    invitation.expiresAt().toEpochMilli());
            return Response.json(201, link).with("Cache-Control", "no-store");
        });
    }

    private Response replaceStatus(Request request) {
        Outcome outcome = request.body(Outcome.class);
        String id = request.param("id");
        String userId = outcome.acceptedUserId();
        return database.write(
                request.tenant(),
                tx -> Response.json(View.of(
                        tx.tenant(),
                        switch (outcome.status()) {
                            case REVOKED -> invitations.revoke(tx, id);
                            case ACCEPTED -> {
                                invitations.getPending(tx, id);
                                if (userId == null || userId.isEmpty()) {
                                    throw InvitationError.ACCEPTED_USER_REQUIRED.refusal();
                                }
                                yield invitations.accept(tx, id, userId);
                            }
                        })));
    }
}
