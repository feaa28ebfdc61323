package dev.ostiary.sso;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** How providers of one {@link ProviderType} are spoken to. Both steps call the provider: never inside a transaction. */
public interface SsoProtocol {
    /**
     * Prepares the visitor's way to the provider.
     *
     * @throws dev.ostiary.errors.AppException {@code connector.*}
     */
    Departure depart(Departing departing);

    /**
     * Reads and verifies what the provider answered.
     *
     * @param kept of the departure; the caller has made sure that it is used once, by the same browser
     * @param answer parameters of the callback
     * @throws dev.ostiary.errors.AppException {@code connector.*}, with the provider's own error as data
     */
    SsoProfile arrive(SsoConnector connector, String tenant, ObjectNode kept, Map<String, String> answer);
}
