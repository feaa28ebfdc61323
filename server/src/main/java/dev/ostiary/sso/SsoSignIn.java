package dev.ostiary.sso;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Sends visitors to their provider and reads what comes back, whichever protocol the provider speaks. */
public final class SsoSignIn {
    private final Map<ProviderType, SsoProtocol> protocols;

    public SsoSignIn(Map<ProviderType, SsoProtocol> protocols) {
        this.protocols = Map.copyOf(protocols);
    }

    /** @throws dev.ostiary.errors.AppException 404 {@code connector.not_found} if nobody can sign in there */
    public Departure depart(Departing departing) {
        return available(departing.connector()).depart(departing);
    }

    /** As {@link SsoProtocol#arrive}. */
    public SsoProfile arrive(SsoConnector connector, String tenant, ObjectNode kept, Map<String, String> answer) {
        return available(connector).arrive(connector, tenant, kept, answer);
    }

    private SsoProtocol available(SsoConnector connector) {
        if (!connector.isAvailable()) {
            throw SsoError.CONNECTOR_NOT_FOUND.exception();
        }
        return protocol(connector);
    }

    /** For a test of the connection, which needs a configuration but no domains. */
    SsoProtocol protocol(SsoConnector connector) {
        SsoProtocol protocol = protocols.get(connector.provider().type());
        if (protocol == null || connector.config() == null) {
            throw SsoError.CONNECTOR_NOT_FOUND.exception();
        }
        return protocol;
    }
}
