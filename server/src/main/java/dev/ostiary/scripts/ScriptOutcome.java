package dev.ostiary.scripts;

import tools.jackson.databind.node.ObjectNode;

/** What became of a run. */
public sealed interface ScriptOutcome {
    /** @param claims a plain object within the limits; which of them count is for the caller to say */
    record Claims(ObjectNode claims) implements ScriptOutcome {}

    /** The script wants no token to be issued. */
    record Denied(String message) implements ScriptOutcome {}

    record Failed(ScriptFault fault) implements ScriptOutcome {}

    static Failed limit(String message) {
        return new Failed(ScriptFault.limit(message));
    }
}
