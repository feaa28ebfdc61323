package dev.ostiary.verifications;

import dev.ostiary.crypto.PasswordDigest;
import dev.ostiary.json.Discriminator;
import dev.ostiary.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A name and a password for an account that does not exist yet; both were acceptable when it was made.
 *
 * @param passwordDigest hashed at once, so no password is ever stored in the clear
 */
@Discriminator("NewPasswordIdentity")
public record NewPasswordIdentity(String id, Identifier identifier, PasswordDigest passwordDigest)
        implements Verification {
    @Override
    public VerificationType type() {
        return VerificationType.NEW_PASSWORD_IDENTITY;
    }

    @Override
    public boolean verified() {
        return true;
    }

    @Override
    public @Nullable String userId() {
        return null;
    }

    @Override
    public ObjectNode view() {
        ObjectNode view = Json.object();
        view.put("id", id);
        view.put("type", type().word());
        view.set("identifier", Json.tree(identifier));
        return view;
    }
}
