package dev.ostiary.verifications;

import dev.ostiary.json.Discriminator;
import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A proof made, or begun, during a visit: one of each type, the newer replaces the older. Kept as JSON with the
 * interaction; {@link #view()} is what the visitor may see of it.
 */
@Discriminator("type")
public sealed interface Verification permits PasswordVerification, NewPasswordIdentity, EnterpriseSsoVerification {
    /** 21 characters of {@code [0-9a-z]}. */
    String id();

    VerificationType type();

    /** Whether the proof is complete. */
    boolean verified();

    /** The account it proves, where it names an existing one. */
    @Nullable
    String userId();

    /** The wire's form, without secrets. */
    ObjectNode view();

    /** As stored; read again by {@link #read}. */
    default ObjectNode stored() {
        ObjectNode json = (ObjectNode) Json.tree(this);
        json.put("type", type().word());
        return json;
    }

    static Verification read(JsonNode stored) {
        return Shape.of(Verification.class).read(stored);
    }
}
