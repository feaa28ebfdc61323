package dev.ostiary.verifications;

import dev.ostiary.json.Discriminator;
import dev.ostiary.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * The password of an account was given; made only when it was right.
 *
 * @param userId whose password it was. Kept, so that a name that changes hands meanwhile proves nothing
 */
@Discriminator("Password")
public record PasswordVerification(String id, Identifier identifier, String userId, boolean verified)
        implements Verification {
    @Override
    public VerificationType type() {
        return VerificationType.PASSWORD;
    }

    @Override
    public ObjectNode view() {
        ObjectNode view = Json.object();
        view.put("id", id);
        view.put("type", type().word());
        view.set("identifier", Json.tree(identifier));
        view.put("verified", verified);
        return view;
    }
}
