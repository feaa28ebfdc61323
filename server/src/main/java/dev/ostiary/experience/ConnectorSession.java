package dev.ostiary.experience;

import dev.ostiary.crypto.ConstantTime;
import dev.ostiary.crypto.SealBrokenException;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.interactions.Interaction;
import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the answer of an identity provider is checked by. It never leaves the server, and is sealed in the database for the
 * one interaction it belongs to: whoever reads the table has no code verifier, whoever writes it cannot give a visitor the
 * session of another one.
 *
 * @param verificationId the proof that waits for the answer
 * @param kept the protocol's own: nonce, code verifier, …
 */
record ConnectorSession(String connectorId, String verificationId, String state, String redirectUri, ObjectNode kept) {

    String seal(Sealer sealer, String tenant, Interaction interaction) {
        return sealer.seal(Json.write(this), context(tenant, interaction));
    }

    /** Empty if it was not sealed for this interaction. */
    static Optional<ConnectorSession> unseal(Sealer sealer, String tenant, Interaction interaction, String held) {
        try {
            String json = sealer.unseal(held, context(tenant, interaction));
            return Optional.of(Shape.of(ConnectorSession.class).read(Json.readStored(json)));
        } catch (SealBrokenException broken) {
            return Optional.empty();
        }
    }

    boolean hasState(String told) {
        return ConstantTime.equal(state, told);
    }

    private static String context(String tenant, Interaction interaction) {
        return tenant + "/interactions/" + interaction.auditId() + "/connector-session";
    }

    /** Only who it is for. */
    @Override
    public String toString() {
        return "ConnectorSession[" + connectorId + "]";
    }
}
