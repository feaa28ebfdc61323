package dev.ostiary.scripts;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored script.
 *
 * @param environmentVariables what the script may know besides: secrets, mostly
 * @param contextSample what the editor runs it with
 * @param tokenSample the same
 * @param blockIssuanceOnError whether there is no token where the script fails; without it there is one without claims
 */
public record JwtCustomizer(
        CustomizedToken token,
        String script,
        Optional<Map<String, String>> environmentVariables,
        Optional<ObjectNode> contextSample,
        Optional<ObjectNode> tokenSample,
        Optional<Boolean> blockIssuanceOnError) {

    public boolean blocksIssuance() {
        return blockIssuanceOnError.orElse(false);
    }

    @Override
    public String toString() {
        return "JwtCustomizer[" + token + "]";
    }
}
