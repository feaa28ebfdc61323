package dev.ostiary.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ostiary.json.Json;
import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The sandbox: what a script can do, and above all what it cannot (SC1 to SC3, SS1, SS2). */
class ScriptsTest {
    private static final String NOTHING = "undefined";
    private static Outbound strict;
    private static Scripts scripts;

    @BeforeAll
    static void start() {
        strict = new Outbound(OutboundRules.strict());
        scripts = new Scripts(strict, Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        scripts.close();
        strict.close();
    }

    private static ScriptOutcome run(String source) {
        return run("t", source);
    }

    private static ScriptOutcome run(String tenant, String source) {
        ObjectNode argument = Json.object();
        argument.putObject("token").put("jti", "j").put("scope", "read");
        argument.putObject("context").putObject("user").put("id", "u1");
        argument.putObject("environmentVariables").put("KEY", "value");
        return scripts.run(tenant, new ScriptCall(source, argument));
    }

    private static JsonNode claims(String body) {
        return claimsOf(
                "async function getCustomJwtClaims({ token, context, environmentVariables, api }) {" + body + "}");
    }

    private static JsonNode claimsOf(String source) {
        ScriptOutcome outcome = run(source);
        assertThat(outcome).as("%s", outcome).isInstanceOf(ScriptOutcome.Claims.class);
        return ((ScriptOutcome.Claims) outcome).claims();
    }

    private static ScriptFault fault(String source) {
        ScriptOutcome outcome = run(source);
        assertThat(outcome).as("%s", outcome).isInstanceOf(ScriptOutcome.Failed.class);
        return ((ScriptOutcome.Failed) outcome).fault();
    }

    private static ScriptFault faultIn(String body) {
        return fault("async function getCustomJwtClaims({ token, context, environmentVariables, api }) {" + body + "}");
    }

    private static ScriptLog.Written logged(String body) {
        ScriptLog log = new ScriptLog();
        scripts.run("t", new ScriptCall("const getCustomJwtClaims = async () => {" + body + "};", Json.object(), log));
        return log.written();
    }

    @Test
    void what_a_script_logs_is_told_to_who_asks_for_it() {
        ScriptLog.Written written = logged("console.log('a', 1, { b: [true] }); console.warn(new TypeError('no'));"
                + " console.error(undefined, null); const o = {}; o.o = o; console.debug(o); throw 1;");
        assertThat(written.lines())
                .containsExactly(
                        new ScriptLog.Line("log", "a 1 {\"b\":[true]}"),
                        new ScriptLog.Line("warn", "TypeError: no"),
                        new ScriptLog.Line("error", "undefined null"),
                        new ScriptLog.Line("debug", "[object Object]"));
        assertThat(written.cut()).isFalse();
        assertThat(claims("console.log('nobody reads this'); return { a: 1 };")).isEqualTo(Json.read("{\"a\":1}"));
    }

    @Test
    void who_logs_for_ever_fills_no_memory_SC3() {
        ScriptLog.Written many = logged("for (let i = 0; i < 5000; i++) console.log(i);");
        assertThat(many.lines()).hasSize(ScriptLog.MOST_LINES);
        assertThat(many.cut()).isTrue();
        ScriptLog.Written long_ = logged("for (let i = 0; i < 5000; i++) console.log('x'.repeat(9000));");
        assertThat(long_.lines().stream().mapToInt(line -> line.text().length()).sum())
                .isEqualTo(ScriptLog.MOST_CHARACTERS);
        assertThat(long_.cut()).isTrue();
        assertThat(logged("console.log('y'.repeat(20000000));").lines()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void a_script_gets_token_context_and_variables_and_returns_claims() {
        assertThat(claims("return { who: context.user.id, scope: token.scope, key: environmentVariables.KEY, n:"
                        + " [1, null] }"))
                .isEqualTo(Json.read("{\"who\":\"u1\",\"scope\":\"read\",\"key\":\"value\",\"n\":[1,null]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "function getCustomJwtClaims() { return { a: 1 } }",
                "const getCustomJwtClaims = () => ({ a: 1 });",
                "let getCustomJwtClaims = async () => { await null; return { a: 1 } }",
                "var helper = { a: 1 }; getCustomJwtClaims = () => Promise.resolve(helper) // no semicolon",
                "'use strict'; async function getCustomJwtClaims() { await new Promise(r => setTimeout(r, 5)); return"
                        + " { a: 1 } }"
            })
    void the_function_may_be_declared_in_any_way_of_a_classic_script(String source) {
        assertThat(claimsOf(source)).isEqualTo(Json.read("{\"a\":1}"));
    }

    @Test
    void nothing_returned_is_no_claims() {
        assertThat(claims("")).isEqualTo(Json.object());
        assertThat(claims("return null")).isEqualTo(Json.object());
    }

    @Test
    void who_is_denied_is_told_why_even_if_the_script_catches_it() {
        assertThat(run("function getCustomJwtClaims({ api }) { api.denyAccess('Not today') }"))
                .isEqualTo(new ScriptOutcome.Denied("Not today"));
        assertThat(run("function getCustomJwtClaims({ api }) { try { api.denyAccess() } catch {} return { a: 1 } }"))
                .isEqualTo(new ScriptOutcome.Denied("Access denied"));
    }

    @Test
    void errors_tell_line_and_column() {
        assertThat(fault("function getCustomJwtClaims() {\n  let x = ;\n}"))
                .satisfies(fault -> assertThat(fault.name()).isEqualTo("SyntaxError"))
                .satisfies(fault -> assertThat(fault.line()).isEqualTo(2))
                .satisfies(fault -> assertThat(fault.column()).isBetween(9, 11));
        assertThat(fault("function getCustomJwtClaims({ context }) {\n\n  return context.nobody.id;\n}"))
                .satisfies(fault -> assertThat(fault.name()).isEqualTo("TypeError"))
                .satisfies(fault -> assertThat(fault.line()).isEqualTo(3));
        assertThat(faultIn("throw 'only text'").message()).isEqualTo("only text");
        assertThat(fault("const other = 1").message()).contains("must declare a function getCustomJwtClaims");
    }

    @ParameterizedTest
    @ValueSource(strings = {"return 5", "return 'text'", "return [1]", "return true"})
    void what_is_no_plain_object_is_refused(String body) {
        assertThat(faultIn(body).message()).isEqualTo("getCustomJwtClaims must return a plain object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "const a = {}; a.a = a; return a",
                "return { n: 10n }",
                "return { a: 'x'.repeat(20000) }",
                "let a = {}; for (let i = 0; i < 30; i++) a = { a }; return a",
                "let a = []; for (let i = 0; i < 100000; i++) a = [a]; return { a }"
            })
    void output_is_bounded_SC4(String body) {
        assertThat(faultIn(body).message()).isNotBlank();
    }

    @Test
    void prototypes_do_not_travel_in_claims_SC4() {
        assertThat(claims("return"
                        + " JSON.parse('{\"a\":{\"__proto__\":{\"admin\":true},\"b\":1},\"__proto__\":{\"x\":1}}')"))
                .isEqualTo(Json.read("{\"a\":{\"b\":1}}"));
    }

    /** Each expression tries to reach something that is not JavaScript's own; it must find nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "typeof process",
                "typeof require",
                "typeof Java",
                "typeof Packages",
                "typeof Polyglot",
                "typeof java",
                "typeof load",
                "typeof Deno",
                "typeof WebAssembly",
                "typeof SharedArrayBuffer",
                "typeof Javy",
                "typeof java_invoke",
                "typeof call",
                "typeof host",
                "typeof input",
                "typeof scriptArgs",
                "typeof std",
                "typeof os",
                "typeof XMLHttpRequest",
                "typeof Worker",
                "typeof importScripts",
                "typeof (function () { return this })().constructor.constructor('return process')()",
                "typeof (() => {}).constructor('return this')().process",
                "typeof (function* () {}).constructor('yield this.java_invoke')().next().value",
                "typeof (await (async () => {}).constructor('return this.java_invoke')())",
                "typeof (await (async function* () {}).constructor('yield java_invoke')().next().catch(() =>"
                        + " ({}))).value",
                "typeof new Proxy({}, { get: (t, k, r) => Reflect.getPrototypeOf(r).constructor"
                        + " }).x.constructor('return java_invoke')()",
                "typeof api.denyAccess.constructor('return java_invoke ?? this.Java').call(null)?.x",
                "typeof fetch.constructor('return this')().Javy",
                "typeof Reflect.getPrototypeOf(fetch).constructor.prototype.host",
                "typeof (function f() { return f.caller })()?.caller",
                "typeof Function.prototype.caller"
            })
    void there_is_no_way_to_the_host_SC1(String expression) {
        JsonNode found =
                claims("try { return { it: String(" + expression + ") } } catch (e) { return { it: 'undefined' } }");
        assertThat(found.path("it").asString())
                .isIn(NOTHING, "object", "function")
                .satisfies(type -> {
                    if (!type.equals(NOTHING)) {
                        // Some name a piece of the language itself; none may be native code of ours.
                        assertThat(expression).contains("caller").doesNotContain("java");
                    }
                });
    }

    @Test
    void prepareStackTrace_and_getters_see_only_the_script_SC1() {
        assertThat(
                        claims(
                                """
                let seen = 'none';
                Error.prepareStackTrace = (e, frames) => { seen = typeof frames?.[0]?.getThis?.(); return frames };
                try { null.x } catch (e) { void e.stack }
                Object.defineProperty(Object.prototype, 'then', { configurable: true, get() { return undefined } });
                return { seen: ['none', 'undefined'].includes(seen) }
                """))
                .isEqualTo(Json.read("{\"seen\":true}"));
    }

    @Test
    void modules_and_files_are_not_there_SC1() {
        for (String module : List.of("std", "os", "fs", "node:fs", "/etc/passwd", "./driver.js")) {
            assertThat(claims("try { await import('" + module + "'); return { got: true } } catch (e) { return {} }"))
                    .isEqualTo(Json.object());
        }
    }

    @Test
    void bending_the_built_ins_bends_only_the_script_itself_SC1() {
        // The driver's words to the host are JSON of its own making: at worst the script spoils its own answer.
        ScriptOutcome outcome = run(
                """
                function getCustomJwtClaims() {
                  JSON.stringify = () => '{"claims":"{\\\\"forged\\\\":1}"}';
                  Object.prototype.toJSON = () => ({ claims: 7 });
                  Array.prototype[Symbol.iterator] = null;
                  Promise.prototype.then = () => {};
                  return { a: 1 };
                }""");
        assertThat(outcome).isNotNull();
        assertThat(claims("return { a: 1 }")).isEqualTo(Json.read("{\"a\":1}"));
    }

    @Test
    void what_a_script_smuggles_into_a_fetch_ends_it_quietly_SC1() {
        assertThat(faultIn("let deep = []; for (let i = 0; i < 200; i++) deep = [deep];await"
                                + " fetch('https://example.com', { signal: { timeout: deep, throwIfAborted() {} }"
                                + " })")
                        .message())
                .contains("nested too deeply");
        assertThat(faultIn("Object.prototype.toJSON = () => 5; await fetch('https://example.com')"))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for (;;) {}",
                "while (true) { try { for (;;) {} } catch {} finally { continue } }",
                "/^(a+)+$/.test('a'.repeat(60) + 'b')",
                "for (;;) await null",
                "const again = () => Promise.resolve().then(again); again(); await new Promise(() => {})",
                "const f = () => { f() }; for (;;) { try { f() } catch {} }",
                "for (let x = 1n;;) x = x * 3n + 1n",
                "'x'.repeat(1e6).split('').map((x, i, all) => all.indexOf('y'))"
            })
    void endless_work_is_cut_SC2(String body) {
        long before = System.nanoTime();
        assertThat(faultIn(body)).isNotNull();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Scripts.MOST_TIME.plusSeconds(10));
        assertThat(claims("return { alive: 1 }")).isEqualTo(Json.read("{\"alive\":1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new ArrayBuffer(10e9)",
                "const a = []; for (;;) a.push(new Array(100000).fill(1.5))",
                "let s = 'x'; for (;;) s += s",
                "const m = new Map(); for (let i = 0;; i++) m.set('k' + i, 'v'.repeat(1000) + i)",
                "return { x: 'x'.repeat(30_000_000) }",
                "const r = () => r() + 1; r()",
                "JSON.parse('['.repeat(5_000_000))",
                "Promise.reject(new Error('unhandled')); throw new Error('handled')"
            })
    void exhaustion_ends_the_script_and_nothing_else_SC2(String body) {
        long before = System.nanoTime();
        assertThat(faultIn(body)).isNotNull();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Scripts.MOST_TIME.plusSeconds(10));
        assertThat(claims("return { alive: 1 }")).isEqualTo(Json.read("{\"alive\":1}"));
    }

    @Test
    void an_unhandled_rejection_is_nobodys_end_SC2() {
        assertThat(claims("Promise.reject(new Error('nobody cares')); return { a: 1 }"))
                .isEqualTo(Json.read("{\"a\":1}"));
    }

    @Test
    void what_never_answers_is_told_apart_SC2() {
        assertThat(faultIn("await new Promise(() => {})").message())
                .isEqualTo("The script waits for something that never happens");
    }

    @Test
    void who_waits_too_long_is_ended_SC2() {
        claims("return {}");
        long before = System.nanoTime();
        assertThat(faultIn("await new Promise(r => setTimeout(r, 60000)); return {}")
                        .message())
                .isEqualTo("The script took longer than 5000 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Scripts.MOST_TIME.plusSeconds(10));
    }

    @Test
    void a_tenant_that_loops_for_ever_holds_up_no_other_SC2() throws Exception {
        claims("return {}");
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<ScriptOutcome>> storm = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                storm.add(CompletableFuture.supplyAsync(
                        () -> run("noisy", "function getCustomJwtClaims() { for (;;) {} }"), pool));
            }
            Thread.sleep(100);
            for (int i = 0; i < 5; i++) {
                long before = System.nanoTime();
                // behind the others it would wait for as long as they may last
                assertThat(run("quiet", "function getCustomJwtClaims() { return { a: 1 } }"))
                        .isInstanceOf(ScriptOutcome.Claims.class);
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Scripts.MOST_TIME);
            }
            for (CompletableFuture<ScriptOutcome> one : storm) {
                assertThat(one.get()).isInstanceOf(ScriptOutcome.Failed.class);
            }
        }
    }

    @Test
    void nothing_survives_a_run_SC3() {
        String source =
                """
                function getCustomJwtClaims() {
                  const before = [globalThis.kept, Object.prototype.kept, fetch.kept, [].kept].map(String);
                  globalThis.kept = Object.prototype.kept = fetch.kept = Array.prototype.kept = 'secret';
                  return { before };
                }""";
        for (String tenant : List.of("one", "one", "two")) {
            assertThat(run(tenant, source)).isEqualTo(new ScriptOutcome.Claims((ObjectNode)
                    Json.read("{\"before\":[\"undefined\",\"undefined\",\"undefined\",\"undefined\"]}")));
        }
    }

    @Test
    void runs_differ_in_chance_though_they_start_alike_SC3() {
        String body = "return { r: [Math.random(), Math.random()] }";
        assertThat(claims(body)).isNotEqualTo(claims(body));
        JsonNode two = claims(body).path("r");
        assertThat(two.get(0)).isNotEqualTo(two.get(1));
        assertThat(two.get(0).asDouble()).isBetween(0.0, 1.0);
    }

    @Test
    void time_goes_on() {
        long now = System.currentTimeMillis();
        assertThat(claims("return { now: Date.now() }").path("now").asLong()).isBetween(now - 1000, now + 5000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "http://example.com/",
                "https://localhost/",
                "https://10.0.0.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://0x7f000001/",
                "https://2130706433/",
                "https://user@127.0.0.1/",
                "file:///etc/passwd",
                "data:text/plain,x",
                "jar:file:///x!/",
                "not a url"
            })
    void fetch_reaches_no_inner_address_SS1(String url) {
        JsonNode found = claims("const out = {};"
                + "for (const f of [fetch, api.fetch]) try { await f('" + url
                + "'); out.got = 1 } catch (e) { out.why = e.message }"
                + "return out");
        assertThat(found.has("got")).isFalse();
        assertThat(found.path("why").asString()).startsWith("fetch failed: ");
    }

    @Test
    void fetch_asks_and_reads_with_bounds_SS3() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        List<String> heard = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            heard.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("X-Key") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = exchange.getRequestURI().getPath().equals("/large")
                    ? new byte[ScriptFetch.MOST_RECEIVED + 1]
                    : "{\"plan\":\"gold\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("X-Answer", "yes");
            exchange.sendResponseHeaders(
                    exchange.getRequestURI().getPath().equals("/redirect") ? 302 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        String at = "http://127.0.0.1:" + server.getAddress().getPort();
        try (Outbound lenient = new Outbound(OutboundRules.strict().allowing(List.of("127.0.0.1")));
                Scripts own = new Scripts(lenient, Clock.systemUTC())) {
            assertThat(claims(
                            own,
                            "const r = await fetch('" + at + "/', { method: 'post', headers: { 'X-Key': 'k' },"
                                    + " body: new URLSearchParams({ a: 'b c' })"
                                    + " });return { ok: r.ok, status: r.status, h:"
                                    + " r.headers.get('x-answer'), plan: (await"
                                    + " r.json()).plan }"))
                    .isEqualTo(Json.read("{\"ok\":true,\"status\":200,\"h\":\"yes\",\"plan\":\"gold\"}"));
            assertThat(heard).containsExactly("POST k application/x-www-form-urlencoded;charset=UTF-8 a=b+c");
            String why = "const why = async (p, o) => { try { await fetch('" + at
                    + "' + p, o) } catch (e) { return e.message } };";
            assertThat(claims(
                            own,
                            why + "return { a: await why('/large'), b: await why('/redirect'), c: await why('/', {"
                                    + " headers: { Host: 'x' } }), d: await why('/', { headers: { 'X-A': 'a\\r"
                                    + "\\n"
                                    + "b: c' } }), e: await why('/', { method: 'CONNECT' }) }"))
                    .isEqualTo(Json.read("{\"a\":\"fetch failed: too_large\",\"b\":\"fetch failed:"
                            + " redirected\",\"c\":\"fetch failed: a header is not allowed\",\"d\":\"fetch"
                            + " failed: a header is not allowed\",\"e\":\"fetch failed: this method is not"
                            + " allowed\"}"));
            asked.set(0);
            assertThat(claims(
                            own,
                            why
                                    + "const all = []; for (let i = 0; i < 8; i++) all.push(await why('/'));"
                                    + " return { last: all[7] }"))
                    .isEqualTo(Json.read("{\"last\":\"fetch failed: a script may fetch 5 times\"}"));
            assertThat(asked.get()).isEqualTo(ScriptFetch.MOST);
        } finally {
            server.stop(0);
        }
    }

    private static JsonNode claims(Scripts own, String body) {
        ScriptOutcome outcome = own.run(
                "t", new ScriptCall("async function getCustomJwtClaims({ api }) {" + body + "}", Json.object()));
        assertThat(outcome).as("%s", outcome).isInstanceOf(ScriptOutcome.Claims.class);
        return ((ScriptOutcome.Claims) outcome).claims();
    }

    @Test
    void base64_is_there_for_basic_authentication() {
        assertThat(claims("return { a: btoa('id:secret'), b: atob('aWQ6c2VjcmV0'), c: btoa('a'), d: atob('YQ==') }"))
                .isEqualTo(Json.read("{\"a\":\"aWQ6c2VjcmV0\",\"b\":\"id:secret\",\"c\":\"YQ==\",\"d\":\"a\"}"));
    }
}
