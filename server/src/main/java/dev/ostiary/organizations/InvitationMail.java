package dev.ostiary.organizations;

import dev.ostiary.db.Tx;
import dev.ostiary.json.Json;
import dev.ostiary.messages.Messages;
import dev.ostiary.messages.TemplateType;
import dev.ostiary.organizations.InvitationJson.Message;
import dev.ostiary.users.User;
import dev.ostiary.users.Users;
import tools.jackson.databind.node.ObjectNode;

/** Tells the invited person. */
final class InvitationMail {
    private final Messages messages;
    private final Organizations organizations;
    private final Users users;

    InvitationMail(Messages messages, Organizations organizations, Users users) {
        this.messages = messages;
        this.organizations = organizations;
        this.users = users;
    }

    /**
     * Asked before anything is stored.
     *
     * @throws dev.ostiary.errors.AppException 501 {@code connector.not_found}
     */
    void require(String tenant) {
        if (!messages.canSendEmail(tenant)) {
            throw InvitationError.NO_MAIL.exception();
        }
    }

    /** @param link that leads to the page on which the invitation is accepted */
    ObjectNode context(Tx tx, Invitation invitation, Message message, String link) {
        ObjectNode context = Json.object();
        message.code().ifPresent(code -> context.put("code", code));
        context.put("link", link);
        message.locale().ifPresent(locale -> context.put("locale", locale));
        message.uiLocales().ifPresent(locales -> context.put("uiLocales", locales));
        Organization organization = organizations.get(tx, invitation.organizationId());
        context.putObject("organization")
                .put("id", organization.id())
                .put("name", organization.name())
                .set("branding", organization.branding());
        String inviterId = invitation.inviterId();
        if (inviterId != null) {
            users.find(tx, inviterId).ifPresent(inviter -> context.set("inviter", inviter(inviter)));
        }
        return context;
    }

    private static ObjectNode inviter(User user) {
        return Json.object()
                .put("id", user.id())
                .put("name", user.name())
                .put("username", user.username())
                .put("primaryEmail", user.primaryEmail())
                .put("avatar", user.avatar());
    }

    /** Outside any transaction. */
    void send(String tenant, Invitation invitation, ObjectNode context) {
        messages.sendEmail(tenant, invitation.invitee(), TemplateType.ORGANIZATION_INVITATION, context);
    }
}
