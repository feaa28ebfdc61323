package dev.ostiary.bench;

import dev.ostiary.json.Json;
import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundRules;
import dev.ostiary.scripts.ScriptCall;
import dev.ostiary.scripts.ScriptOutcome;
import dev.ostiary.scripts.Scripts;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a script costs that adds claims to a token, in milliseconds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 2)
public class ScriptsBenchmark {
    private Outbound outbound;
    private Scripts scripts;
    private ScriptCall trivial;
    private ScriptCall permissions;

    @Setup
    public void prepare() {
        outbound = new Outbound(OutboundRules.strict());
        scripts = new Scripts(outbound, Clock.systemUTC());
        ObjectNode argument = Json.object();
        argument.putObject("token").put("scope", "read:orders");
        ObjectNode user = argument.putObject("context").putObject("user").put("username", "ada");
        ArrayNode roles = user.putArray("roles");
        for (int i = 0; i < 5; i++) {
            ArrayNode scopes = roles.addObject().put("name", "role " + i).putArray("scopes");
            for (int k = 0; k < 5; k++) {
                scopes.addObject().put("name", "read:" + k);
            }
        }
        trivial =
                new ScriptCall("const getCustomJwtClaims = ({ context }) => ({ a: context.user.username });", argument);
        permissions = new ScriptCall(
                "const getCustomJwtClaims = ({ context }) => ({ all: [...new Set(context.user.roles.flatMap("
                        + "(role) => role.scopes.map((scope) => role.name + scope.name)))].sort() });",
                argument);
    }

    @TearDown
    public void close() {
        scripts.close();
        outbound.close();
    }

    @Benchmark
    public ScriptOutcome a_trivial_script() {
        return scripts.run("t", trivial);
    }

    @Benchmark
    public ScriptOutcome a_script_over_25_permissions() {
        return scripts.run("t", permissions);
    }
}
