package dev.ostiary.scripts;

import dev.ostiary.json.Discriminator;
import dev.ostiary.json.InvalidValue;
import dev.ostiary.json.Json;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Wire shapes of {@code /configs/jwt-customizer}. */
final class JwtCustomizerJson {
    static final int MOST_SCRIPT = 65_536;
    private static final int MOST_VARIABLES = 64;
    private static final int MOST_VARIABLE_NAME = 128;
    private static final int MOST_VARIABLES_LENGTH = 32_768;
    private static final int MOST_SAMPLE = 65_536;

    private JwtCustomizerJson() {}

    record Put(
            @Size(max = MOST_SCRIPT) String script,
            Optional<Map<String, String>> environmentVariables,
            Optional<ObjectNode> contextSample,
            Optional<ObjectNode> tokenSample,
            Optional<Boolean> blockIssuanceOnError) {
        Put {
            check(environmentVariables, contextSample, tokenSample);
        }

        JwtCustomizer customizer(CustomizedToken token) {
            return new JwtCustomizer(
                    token, script, environmentVariables, contextSample, tokenSample, blockIssuanceOnError);
        }
    }

    /** What is there replaces what was. */
    record Patch(
            Optional<@Size(max = MOST_SCRIPT) String> script,
            Optional<Map<String, String>> environmentVariables,
            Optional<ObjectNode> contextSample,
            Optional<ObjectNode> tokenSample,
            Optional<Boolean> blockIssuanceOnError) {
        Patch {
            check(environmentVariables, contextSample, tokenSample);
        }

        JwtCustomizer over(JwtCustomizer old) {
            return new JwtCustomizer(
                    old.token(),
                    script.orElse(old.script()),
                    environmentVariables.or(old::environmentVariables),
                    contextSample.or(old::contextSample),
                    tokenSample.or(old::tokenSample),
                    blockIssuanceOnError.or(old::blockIssuanceOnError));
        }
    }

    private static void check(
            Optional<Map<String, String>> variables, Optional<ObjectNode> context, Optional<ObjectNode> token) {
        checkVariables(variables);
        checkSample(context, "contextSample");
        checkSample(token, "tokenSample");
    }

    private static void checkVariables(Optional<Map<String, String>> variables) {
        variables.ifPresent(all -> {
            if (all.size() > MOST_VARIABLES) {
                throw new InvalidValue("At most " + MOST_VARIABLES + " variables", "environmentVariables");
            }
            int length = 0;
            for (Map.Entry<String, String> one : all.entrySet()) {
                if (one.getKey().isEmpty() || one.getKey().length() > MOST_VARIABLE_NAME) {
                    throw new InvalidValue(
                            "A name has 1 to " + MOST_VARIABLE_NAME + " characters",
                            "environmentVariables",
                            one.getKey());
                }
                length += one.getValue().length();
            }
            if (length > MOST_VARIABLES_LENGTH) {
                throw new InvalidValue(
                        "At most " + MOST_VARIABLES_LENGTH + " characters in all", "environmentVariables");
            }
        });
    }

    private static void checkSample(Optional<ObjectNode> sample, String name) {
        sample.ifPresent(document -> {
            if (Json.bytes(document).length > MOST_SAMPLE) {
                throw new InvalidValue("At most " + MOST_SAMPLE + " bytes", name);
            }
        });
    }

    /** A sample of what the script of users' tokens is told must have a user. */
    static void checkContext(CustomizedToken token, Optional<ObjectNode> sample) {
        if (token == CustomizedToken.ACCESS_TOKEN
                && sample.filter(context -> !context.path("user").isObject()).isPresent()) {
            throw dev.ostiary.json.Shape.invalid("Expected an object", "contextSample", "user");
        }
    }

    record View(
            String script,
            Optional<Map<String, String>> environmentVariables,
            Optional<ObjectNode> contextSample,
            Optional<Boolean> blockIssuanceOnError,
            Optional<ObjectNode> tokenSample) {
        static View of(JwtCustomizer customizer) {
            return new View(
                    customizer.script(),
                    customizer.environmentVariables(),
                    customizer.contextSample(),
                    customizer.blockIssuanceOnError(),
                    customizer.tokenSample());
        }
    }

    record Entry(String key, View value) {
        static Entry of(JwtCustomizer customizer) {
            return new Entry(customizer.token().key(), View.of(customizer));
        }
    }

    /** A run that stores nothing. */
    @Discriminator("tokenType")
    sealed interface Test {
        String script();

        Optional<Map<String, String>> environmentVariables();

        ObjectNode token();

        @Nullable
        ObjectNode context();

        /** Whether to tell what the script has logged, too; the answer then has another shape: {@link Tried}. */
        Optional<Boolean> withLog();

        default ScriptCall call() {
            ObjectNode argument = Json.object();
            argument.set("token", token());
            if (context() != null) {
                argument.set("context", context());
            }
            environmentVariables().ifPresent(variables -> argument.set("environmentVariables", Json.tree(variables)));
            return new ScriptCall(script(), argument, withLog().orElse(false) ? new ScriptLog() : null);
        }
    }

    @Discriminator("access-token")
    record OfUser(
            @Size(max = MOST_SCRIPT) String script,
            Optional<Map<String, String>> environmentVariables,
            ObjectNode token,
            ObjectNode context,
            Optional<Boolean> withLog)
            implements Test {
        OfUser {
            checkVariables(environmentVariables);
            if (!context.path("user").isObject()) {
                throw new InvalidValue("Expected an object", "context", "user");
            }
        }
    }

    @Discriminator("client-credentials")
    record OfMachine(
            @Size(max = MOST_SCRIPT) String script,
            Optional<Map<String, String>> environmentVariables,
            ObjectNode token,
            @Nullable ObjectNode context,
            Optional<Boolean> withLog)
            implements Test {
        OfMachine {
            checkVariables(environmentVariables);
        }
    }

    /** What a test run with its log gave. */
    record Tried(ObjectNode claims, ScriptLog.Written log) {}

    /**
     * Why a test run did not give claims.
     *
     * @param log only if it was asked for
     */
    record Fault(String message, Object error, Optional<ScriptLog.Written> log) {}
}
