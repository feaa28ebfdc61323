package dev.ostiary.scripts;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import dev.ostiary.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the engine imports, all of it: one call to the host, and of WASI a clock and an output that goes nowhere. There are
 * no files, no environment, no standard input: each of those answers that there is none.
 */
final class EngineImports {
    /** {@code EBADF} of WASI: there is no such file. */
    private static final long[] NO_FILE = {8};

    private static final long[] DONE = {0};
    /** What a script may hand over in one call. */
    private static final int MOST_BYTES = 1_000_000;

    private final WasmModule module;
    private final HostCalls host;
    private final LongSupplier millis;

    EngineImports(WasmModule module, HostCalls host, LongSupplier millis) {
        this.module = module;
        this.host = host;
        this.millis = millis;
    }

    ImportValues values() {
        List<HostFunction> functions = new ArrayList<>();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            FunctionImport wanted = (FunctionImport) module.importSection().getImport(i);
            functions.add(new HostFunction(
                    wanted.module(),
                    wanted.name(),
                    module.typeSection().getType(wanted.typeIndex()),
                    handle(wanted.name())));
        }
        return ImportValues.builder()
                .addFunction(functions.toArray(HostFunction[]::new))
                .build();
    }

    private WasmFunctionHandle handle(String name) {
        return switch (name) {
            case "invoke" -> this::invoke;
            case "clock_time_get" -> this::clock;
            case "fd_write" -> EngineImports::swallow;
            case "environ_get" -> (instance, args) -> DONE;
            case "environ_sizes_get" -> EngineImports::noEnvironment;
            case "fd_read", "fd_close", "fd_fdstat_get", "fd_prestat_get", "fd_prestat_dir_name", "fd_seek" ->
                (instance, args) -> NO_FILE;
            case "proc_exit" ->
                (instance, args) -> {
                    throw new IllegalStateException("The engine has given up");
                };
            default -> throw new IllegalStateException("The engine wants more than it may have: " + name);
        };
    }

    /** {@code (module, function, JSON)} as three texts, each an address and a length; answers a pair of the same. */
    private long[] invoke(Instance instance, long... args) {
        String word = text(instance, args[2], args[3]);
        byte[] answer = Json.bytes(host.answer(word, json(text(instance, args[4], args[5]))));
        Memory memory = instance.memory();
        int address = allocate(instance, answer.length);
        memory.write(address, answer);
        int pair = allocate(instance, 8);
        memory.writeI32(pair, address);
        memory.writeI32(pair + 4, answer.length);
        return new long[] {pair};
    }

    private static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (JacksonException e) {
            throw new ScriptLimitException("What the script hands over is no JSON, or nested too deeply");
        }
    }

    private static String text(Instance instance, long address, long length) {
        if (length < 0 || length > MOST_BYTES) {
            throw new ScriptLimitException("A script hands over at most " + MOST_BYTES + " bytes at once");
        }
        return new String(instance.memory().readBytes((int) address, (int) length), StandardCharsets.UTF_8);
    }

    private static int allocate(Instance instance, int bytes) {
        return (int) instance.export("canonical_abi_realloc").apply(0, 0, 1, bytes)[0];
    }

    private long[] clock(Instance instance, long... args) {
        instance.memory().writeLong((int) args[2], millis.getAsLong() * 1_000_000L);
        return DONE;
    }

    private static long[] swallow(Instance instance, long... args) {
        Memory memory = instance.memory();
        int written = 0;
        for (int i = 0; i < (int) args[2]; i++) {
            written += memory.readInt((int) args[1] + 8 * i + 4);
        }
        memory.writeI32((int) args[3], written);
        return DONE;
    }

    private static long[] noEnvironment(Instance instance, long... args) {
        instance.memory().writeI32((int) args[0], 0);
        instance.memory().writeI32((int) args[1], 0);
        return DONE;
    }
}
