package dev.ostiary.scripts;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A script and what its function is called with.
 *
 * @param argument {@code token}, {@code context}, {@code environmentVariables}
 * @param log where its {@code console} writes; null where nobody reads it
 */
public record ScriptCall(String source, ObjectNode argument, @Nullable ScriptLog log) {
    public ScriptCall(String source, ObjectNode argument) {
        this(source, argument, null);
    }

    @Override
    public String toString() {
        return "ScriptCall[" + source.length() + " characters]";
    }
}
