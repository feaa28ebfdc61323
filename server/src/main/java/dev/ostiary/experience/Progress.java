package dev.ostiary.experience;

import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import dev.ostiary.verifications.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a visit is. Kept as JSON with the interaction; nothing of it counts before it is submitted.
 *
 * @param userId who the visitor turned out to be
 * @param verificationRecords the proofs, one of a type
 * @param signInContext where the visit began: {@code ip}, {@code userAgent}
 */
record Progress(
        InteractionEvent interactionEvent,
        @Nullable String userId,
        PendingProfile profile,
        List<Verification> verificationRecords,
        Map<String, String> signInContext) {

    static Progress begin(InteractionEvent event, Map<String, String> context) {
        return new Progress(event, null, PendingProfile.EMPTY, List.of(), context);
    }

    static Progress read(ObjectNode stored) {
        return Shape.of(Progress.class).read(stored);
    }

    Progress withEvent(InteractionEvent event) {
        return new Progress(event, userId, PendingProfile.EMPTY, verificationRecords, signInContext);
    }

    Progress withUser(String id) {
        return new Progress(interactionEvent, id, profile, verificationRecords, signInContext);
    }

    Progress withProfile(PendingProfile pending) {
        return new Progress(interactionEvent, userId, pending, verificationRecords, signInContext);
    }

    /** The newer proof replaces the older of its type. */
    Progress with(Verification verification) {
        List<Verification> records = new ArrayList<>(verificationRecords);
        records.removeIf(record -> record.type() == verification.type());
        records.add(verification);
        return new Progress(interactionEvent, userId, profile, records, signInContext);
    }

    Optional<Verification> verification(String id) {
        return verificationRecords.stream()
                .filter(record -> record.id().equals(id))
                .findFirst();
    }

    ObjectNode stored() {
        ObjectNode json = Json.object();
        json.set("interactionEvent", Json.tree(interactionEvent));
        json.put("userId", userId);
        json.set("profile", Json.tree(profile));
        ArrayNode records = json.putArray("verificationRecords");
        verificationRecords.forEach(record -> records.add(record.stored()));
        json.set("signInContext", Json.tree(signInContext));
        return json;
    }

    /** The wire's form, without a digest or a secret. */
    ObjectNode view() {
        ObjectNode json = Json.object();
        json.put("interactionEvent", interactionEvent.word());
        if (userId != null) {
            json.put("userId", userId);
        }
        json.set("profile", profile.view());
        ArrayNode records = json.putArray("verificationRecords");
        verificationRecords.forEach(record -> records.add(record.view()));
        json.putObject("mfa");
        json.set("signInContext", Json.tree(signInContext));
        json.putObject("captcha").put("verified", false).put("skipped", false);
        return json;
    }
}
