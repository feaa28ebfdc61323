package dev.ostiary.experience;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ostiary.json.Discriminator;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.verifications.Identifier;
import dev.ostiary.verifications.IdentifierType;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Wire shapes of the Experience API. */
final class ExperienceJson {
    /** Longer ones are refused before they cost a hash (DO4). No honest password manager makes them. */
    private static final int LONGEST_PASSWORD = 4096;

    private static final int LONGEST_NAME = 1024;

    private ExperienceJson() {}

    /** @param captchaToken read by nobody while no captcha can be switched on */
    record Begin(InteractionEvent interactionEvent, @Nullable String captchaToken) {}

    record ChangeEvent(InteractionEvent interactionEvent) {}

    record Name(IdentifierType type, @Size(max = LONGEST_NAME) String value) {
        Identifier identifier() {
            return new Identifier(type, value);
        }
    }

    record Password(Name identifier, @Size(min = 1, max = LONGEST_PASSWORD) String password) {}

    enum OnlyUsername {
        @JsonProperty("username")
        USERNAME
    }

    record NewName(OnlyUsername type, @Size(max = LONGEST_NAME) @Pattern(regexp = "[A-Z_a-z]\\w*") String value) {}

    record NewIdentity(NewName identifier, @Size(max = LONGEST_PASSWORD) String password) {}

    record Identify(@Nullable String verificationId, @Nullable Boolean linkSocialIdentity) {}

    /** What a visitor adds to the account. */
    @Discriminator("type")
    sealed interface Profile {
        @Discriminator("username")
        record Username(@Size(max = LONGEST_NAME) @Pattern(regexp = "[A-Z_a-z]\\w*") String value) implements Profile {}

        @Discriminator("password")
        record Password(@Size(max = LONGEST_PASSWORD) String value) implements Profile {}

        @Discriminator("email")
        record Email(String verificationId) implements Profile {}

        @Discriminator("phone")
        record Phone(String verificationId) implements Profile {}

        @Discriminator("social")
        record Social(String verificationId) implements Profile {}

        @Discriminator("extraProfile")
        record Extra(ObjectNode values) implements Profile {}
    }

    record Depart(@Size(max = 1024) String state, @Size(max = 2048) String redirectUri) {}

    record Departed(String authorizationUri, String verificationId) {}

    /** @param connectorData the parameters that the provider has sent the visitor back with */
    record Arrive(ObjectNode connectorData, String verificationId) {
        Map<String, String> answer() {
            Map<String, String> answer = new HashMap<>();
            connectorData.properties().forEach(entry -> {
                if (entry.getValue().isString()) {
                    answer.put(entry.getKey(), entry.getValue().asString());
                }
            });
            return answer;
        }
    }

    record ConnectorIds(List<String> connectorIds) {}

    /** The way in for an address of a connected domain. What only administrators may know is left out. */
    record SsoEnabled(List<SsoRow> ssoConnectors) {
        static SsoEnabled of(String tenant, List<SsoConnector> connectors) {
            return new SsoEnabled(connectors.stream()
                    .map(connector -> new SsoRow(
                            tenant,
                            connector.id(),
                            connector.provider().word(),
                            connector.connectorName(),
                            Map.of(),
                            connector.domains(),
                            connector.branding(),
                            connector.syncProfile(),
                            connector.enableTokenStorage(),
                            connector.createdAt().toEpochMilli()))
                    .toList());
        }
    }

    /** @param config always empty: it holds the client's secret */
    record SsoRow(
            String tenantId,
            String id,
            String providerName,
            String connectorName,
            Map<String, String> config,
            List<String> domains,
            SsoConnector.Branding branding,
            boolean syncProfile,
            boolean enableTokenStorage,
            long createdAt) {}

    record VerificationId(String verificationId) {}

    record Submitted(String redirectTo) {}

    record Missing(List<MissingProfile> missingProfile) {}

    record SignInContext(String ip, String userAgent) {}

    record Captcha(boolean verified, boolean skipped) {}

    /** The sanitized storage, for the documents. */
    record View(
            InteractionEvent interactionEvent,
            Optional<String> userId,
            ObjectNode profile,
            List<ObjectNode> verificationRecords,
            ObjectNode mfa,
            SignInContext signInContext,
            Captcha captcha) {}
}
