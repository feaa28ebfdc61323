package dev.ostiary.experience;

import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import dev.ostiary.verifications.EnterpriseSsoVerification;
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
 * @param identifiedBy id of the proof that says so; its kind decides what else is asked
 * @param verificationRecords the proofs, one of a type
 * @param signInContext where the visit began: {@code ip}, {@code userAgent}
 */
record Progress(
        InteractionEvent interactionEvent,
        @Nullable String userId,
        @Nullable String identifiedBy,
        PendingProfile profile,
        List<Verification> verificationRecords,
        Map<String, String> signInContext) {

    static Progress begin(InteractionEvent event, Map<String, String> context) {
        return new Progress(event, null, null, PendingProfile.EMPTY, List.of(), context);
    }

    static Progress read(ObjectNode stored) {
        return Shape.of(Progress.class).read(stored);
    }

    Progress withEvent(InteractionEvent event) {
        return new Progress(event, userId, identifiedBy, PendingProfile.EMPTY, verificationRecords, signInContext);
    }

    /** @param proof id of the verification; null if the account was made without one */
    Progress withUser(String id, @Nullable String proof) {
        return new Progress(interactionEvent, id, proof, profile, verificationRecords, signInContext);
    }

    Progress withProfile(PendingProfile pending) {
        return new Progress(interactionEvent, userId, identifiedBy, pending, verificationRecords, signInContext);
    }

    /** The newer proof replaces the older of its type. */
    Progress with(Verification verification) {
        List<Verification> records = new ArrayList<>(verificationRecords);
        records.removeIf(record -> record.type() == verification.type());
        records.add(verification);
        return new Progress(interactionEvent, userId, identifiedBy, profile, records, signInContext);
    }

    /**
     * The visitor goes to a provider again. Who was identified by its last answer is not any more: what follows of it is
     * settled at the end of the visit, and then the answer must be there.
     */
    Progress leaving(EnterpriseSsoVerification begun) {
        Progress next = with(begun);
        return identifyingSso().isEmpty()
                ? next
                : new Progress(interactionEvent, null, null, profile, next.verificationRecords, signInContext);
    }

    /** By the wire's words. */
    List<String> verificationTypes() {
        return verificationRecords.stream().map(record -> record.type().word()).toList();
    }

    Optional<EnterpriseSsoVerification> enterpriseSso() {
        return verificationRecords.stream()
                .filter(EnterpriseSsoVerification.class::isInstance)
                .map(EnterpriseSsoVerification.class::cast)
                .findFirst();
    }

    /** The company's word that the visitor was identified by, if that is how. */
    Optional<EnterpriseSsoVerification> identifyingSso() {
        return enterpriseSso().filter(record -> userId != null && record.id().equals(identifiedBy));
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
        json.put("identifiedBy", identifiedBy);
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
