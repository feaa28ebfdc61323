package dev.ostiary.connectors;

import dev.ostiary.json.Json;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Wire shapes of connectors. */
final class ConnectorJson {
    private ConnectorJson() {}

    /** @param connectorId of a factory */
    record Create(
            @Size(min = 1, max = 128) String connectorId,
            Optional<ObjectNode> config,
            Optional<ObjectNode> metadata,
            Optional<Boolean> syncProfile,
            Optional<Boolean> enableTokenStorage,
            Optional<@Size(min = 1, max = 128) String> id) {
        void require() {
            requireFixed(metadata, syncProfile, enableTokenStorage);
        }
    }

    /** {@code config} replaces what was there as a whole. */
    record Patch(
            Optional<ObjectNode> config,
            Optional<ObjectNode> metadata,
            Optional<Boolean> syncProfile,
            Optional<Boolean> enableTokenStorage) {
        void require() {
            requireFixed(metadata, syncProfile, enableTokenStorage);
        }
    }

    /** What only connectors of other kinds have. */
    private static void requireFixed(
            Optional<ObjectNode> metadata, Optional<Boolean> syncProfile, Optional<Boolean> enableTokenStorage) {
        if (metadata.filter(fields -> !fields.isEmpty()).isPresent()) {
            throw ConnectorError.METADATA_NOT_OVERWRITABLE.exception();
        }
        if (syncProfile.orElse(false)) {
            throw ConnectorError.NO_PROFILE_TO_SYNC.exception();
        }
        if (enableTokenStorage.orElse(false)) {
            throw ConnectorError.TOKEN_STORAGE_NOT_SUPPORTED.exception();
        }
    }

    /** What a change is made to. */
    record State(String id, ObjectNode config) {
        static State of(EmailConnector connector) {
            return new State(connector.id(), SmtpConfigJson.write(connector.config(), true));
        }
    }

    record View(
            String id,
            boolean syncProfile,
            boolean enableTokenStorage,
            ObjectNode config,
            ObjectNode metadata,
            String connectorId,
            String target,
            ObjectNode name,
            ObjectNode description,
            String logo,
            @Nullable String logoDark,
            String readme,
            String configTemplate,
            JsonNode formItems,
            @Nullable String platform,
            boolean isStandard,
            boolean isTokenStorageSupported,
            String type) {

        static View withSecret(EmailConnector connector) {
            return of(connector, true);
        }

        static View withoutSecret(EmailConnector connector) {
            return of(connector, false);
        }

        private static View of(EmailConnector connector, boolean withSecret) {
            return new View(
                    connector.id(),
                    false,
                    false,
                    SmtpConfigJson.write(connector.config(), withSecret),
                    Json.object(),
                    SmtpFactory.ID,
                    SmtpFactory.ID,
                    SmtpFactory.name(),
                    SmtpFactory.description(),
                    SmtpFactory.logo(),
                    SmtpFactory.logoDark(),
                    SmtpFactory.readme(),
                    SmtpFactory.configTemplate(),
                    SmtpFactory.formItems(),
                    null,
                    false,
                    false,
                    "Email");
        }
    }

    record FactoryView(
            String type,
            boolean isDemo,
            String id,
            String target,
            ObjectNode name,
            ObjectNode description,
            String logo,
            @Nullable String logoDark,
            String readme,
            String configTemplate,
            JsonNode formItems,
            @Nullable String platform,
            boolean isStandard,
            boolean isTokenStorageSupported) {

        static FactoryView smtp() {
            return new FactoryView(
                    "Email",
                    false,
                    SmtpFactory.ID,
                    SmtpFactory.ID,
                    SmtpFactory.name(),
                    SmtpFactory.description(),
                    SmtpFactory.logo(),
                    SmtpFactory.logoDark(),
                    SmtpFactory.readme(),
                    SmtpFactory.configTemplate(),
                    SmtpFactory.formItems(),
                    null,
                    false,
                    false);
        }
    }
}
