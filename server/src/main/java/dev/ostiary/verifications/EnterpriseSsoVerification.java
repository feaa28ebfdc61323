package dev.ostiary.verifications;

import dev.ostiary.json.Discriminator;
import dev.ostiary.json.Json;
import dev.ostiary.sso.SsoProfile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The identity provider of a company says who the visitor is. Begun when the visitor goes there, complete when the answer
 * was found good.
 *
 * @param answer absent until then
 * @param sealedTokens what the provider issued for its own API, if it is to be kept; never shown
 */
@Discriminator("EnterpriseSso")
public record EnterpriseSsoVerification(
        String id, String connectorId, Optional<Answer> answer, Optional<String> sealedTokens) implements Verification {

    /**
     * A {@link SsoProfile} without its tokens.
     *
     * @param email only one that the provider may vouch for
     */
    public record Answer(
            String issuer,
            String identityId,
            Optional<String> email,
            Optional<String> unverifiedEmail,
            Optional<String> name,
            Optional<String> avatar,
            Optional<String> phone,
            ObjectNode detail) {}

    /** The visitor is about to leave. */
    public static EnterpriseSsoVerification begun(String id, String connectorId) {
        return new EnterpriseSsoVerification(id, connectorId, Optional.empty(), Optional.empty());
    }

    public EnterpriseSsoVerification answered(SsoProfile profile, Optional<String> tokens) {
        Answer read = new Answer(
                profile.issuer(),
                profile.identityId(),
                profile.email(),
                profile.unverifiedEmail(),
                profile.name(),
                profile.avatar(),
                profile.phone(),
                profile.detail());
        return new EnterpriseSsoVerification(id, connectorId, Optional.of(read), tokens);
    }

    /** What was answered, in the words of the room that asked. */
    public Optional<SsoProfile> profile() {
        return answer.map(told -> new SsoProfile(
                told.issuer,
                told.identityId,
                told.email,
                told.unverifiedEmail,
                told.name,
                told.avatar,
                told.phone,
                told.detail,
                Optional.empty()));
    }

    @Override
    public VerificationType type() {
        return VerificationType.ENTERPRISE_SSO;
    }

    @Override
    public boolean verified() {
        return answer.isPresent();
    }

    /** Whose account it is is looked up when it is needed: links come and go. */
    @Override
    public @Nullable String userId() {
        return null;
    }

    @Override
    public ObjectNode view() {
        ObjectNode view = Json.object();
        view.put("id", id);
        view.put("connectorId", connectorId);
        view.put("type", type().word());
        answer.ifPresent(told -> {
            view.set("enterpriseSsoUserInfo", told.detail);
            view.put("issuer", told.issuer);
        });
        return view;
    }
}
