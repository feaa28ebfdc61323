package dev.ostiary.scripts;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.roastedroot.quickjs4j.core.JavyPluginModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The engine as every run starts with it: initialized, our driver in it, no script seen yet. Made once, when the first
 * script runs; the image of 1.4 MB is copied for each run, which takes a tenth of what initializing takes.
 *
 * @param memory the whole linear memory
 * @param stackPointer the module's one global
 * @param run what runs a script, compiled
 * @param timer the same for a timer that is due
 */
record EngineImage(WasmModule module, byte[] memory, long stackPointer, Code run, Code timer) {
    private static final String DRIVER = "/scripts/driver.js";

    record Code(int address, int length) {}

    private static final class Holder {
        private static final EngineImage IMAGE = make();
    }

    static EngineImage get() {
        return Holder.IMAGE;
    }

    private static EngineImage make() {
        WasmModule module = JavyPluginModule.load();
        int pages = module.memorySection().orElseThrow().getMemory(0).limits().initialPages();
        HostCalls nothing = (word, value) -> {
            throw new IllegalStateException("No script runs yet");
        };
        Instance instance = Instance.builder(module)
                .withMachineFactory(JavyPluginModule::create)
                .withMemoryFactory(ByteArrayMemory::new)
                .withMemoryLimits(new MemoryLimits(pages, 2 * pages))
                .withImportValues(new EngineImports(module, nothing, () -> 0).values())
                .build();
        instance.export("initialize_runtime").apply();
        invoke(instance, compile(instance, source()));
        Code run = compile(instance, "globalThis.__run()");
        Code timer = compile(instance, "globalThis.__timer()");
        Memory memory = instance.memory();
        return new EngineImage(
                module,
                memory.readBytes(0, memory.pages() * Memory.PAGE_SIZE),
                instance.global(0).getValue(),
                run,
                timer);
    }

    static void invoke(Instance instance, Code code) {
        instance.export("invoke").apply(code.address(), code.length(), 0, 0);
    }

    private static Code compile(Instance instance, String source) {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        int address = (int) instance.export("canonical_abi_realloc").apply(0, 0, 1, bytes.length)[0];
        instance.memory().write(address, bytes);
        int pair = (int) instance.export("compile_src").apply(address, bytes.length)[0];
        return new Code(instance.memory().readInt(pair), instance.memory().readInt(pair + 4));
    }

    private static String source() {
        try (InputStream in = EngineImage.class.getResourceAsStream(DRIVER)) {
            if (in == null) {
                throw new IllegalStateException(DRIVER + " is not there");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
