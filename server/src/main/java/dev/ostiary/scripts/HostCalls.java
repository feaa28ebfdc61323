package dev.ostiary.scripts;

import tools.jackson.databind.JsonNode;

/** All that a sandbox can ask of the world outside. What comes back is copied into it as JSON. */
@FunctionalInterface
interface HostCalls {
    /** @param value the driver's, which a script may have bent: nothing in it is trusted */
    Object answer(String word, JsonNode value);
}
