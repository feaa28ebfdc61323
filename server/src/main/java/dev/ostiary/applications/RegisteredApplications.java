package dev.ostiary.applications;

import dev.ostiary.applications.ApplicationJson.SecretView;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.json.Shape;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * The door for applications that register themselves (RFC 7591). They keep the rules of those that an administrator makes,
 * and are always somebody else's: their users are asked, and what they may ask for is what the tenant lets them.
 */
public final class RegisteredApplications {
    private final Applications applications;
    private final ApplicationLooks looks;
    private final ConsentSettings consent;

    public RegisteredApplications(Applications applications, ApplicationLooks looks, ConsentSettings consent) {
        this.applications = applications;
        this.looks = looks;
        this.consent = consent;
    }

    /**
     * @param document as the Management API takes it
     * @throws AppException 400 or 422 for what that would refuse
     */
    public Application create(Tx tx, ObjectNode document) {
        document.put("isThirdParty", true);
        return applications.create(
                tx, Shape.of(ApplicationJson.Create.class).read(document), ApplicationSource.REGISTERED);
    }

    /** @throws AppException as {@link #create}; 404 if it was deleted meanwhile */
    public Application change(Tx tx, String id, ObjectNode document) {
        return applications.change(tx, id, Shape.of(ApplicationJson.Patch.class).read(document));
    }

    public void delete(Tx tx, String id) {
        applications.delete(tx, id);
    }

    /** What it says about itself elsewhere, for the page of consent. */
    public void describe(Tx tx, String id, Optional<String> termsOfUse, Optional<String> privacyPolicy) {
        looks.change(
                tx,
                id,
                (before, isNew) -> new ApplicationLook(
                        before.color(),
                        before.branding(),
                        before.customCss(),
                        termsOfUse.orElse(null),
                        privacyPolicy.orElse(null),
                        before.displayName()));
    }

    /** Sets what it may ask users for: of the ceiling for its kind, the scopes of these names. */
    public ConsentScopes allow(Tx tx, String id, Predicate<String> names) {
        consent.copy(tx, Ceiling.REGISTRATION, id, names);
        return consent.of(tx, id);
    }

    /** What it may ask users for. */
    public ConsentScopes scopes(Tx tx, String id) {
        return consent.of(tx, id);
    }

    public Optional<ApplicationLook> look(Tx tx, String id) {
        return ApplicationLookStore.find(tx, id);
    }

    /** Its first secret in clear text, if it has one: it is asked for with the token that came with it. */
    public Optional<SecretView> secret(Tx tx, String id) {
        return applications.secrets().reveal(tx, id).stream().findFirst();
    }
}
