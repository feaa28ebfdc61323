package dev.ostiary.sso;

import com.sun.net.httpserver.HttpServer;
import dev.ostiary.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider that knows nothing but its metadata. Each first segment of a path is an issuer of its own:
 * {@code /good…} is sound, {@code /text} is no JSON, {@code /liar} names another issuer, {@code /slow} answers never,
 * {@code /poor} lacks the token endpoint, {@code /moved} redirects; anything else is not found.
 */
final class MetadataStub implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();

    MetadataStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            String path = exchange.getRequestURI().getPath();
            String name = path.split("/")[1];
            byte[] body = answer(name).getBytes(StandardCharsets.UTF_8);
            int status = name.startsWith("good") || "text liar poor slow".contains(name) ? 200 : 404;
            if (name.equals("moved")) {
                exchange.getResponseHeaders().set("Location", issuer("good") + "/.well-known/openid-configuration");
                status = 302;
            }
            if (name.equals("slow")) {
                pause();
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    String issuer(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    }

    int requests() {
        return requests.get();
    }

    private String answer(String name) {
        if (name.equals("text")) {
            return "<html>Sign in</html>";
        }
        String issuer = issuer(name.equals("liar") ? "good" : name);
        var document = Json.object()
                .put("issuer", issuer)
                .put("authorization_endpoint", issuer + "/auth")
                .put("userinfo_endpoint", issuer + "/userinfo")
                .put("jwks_uri", issuer + "/jwks");
        if (!name.equals("poor")) {
            document.put("token_endpoint", issuer + "/token");
        }
        document.putArray("id_token_signing_alg_values_supported").add("RS256");
        document.putArray("response_types_supported").add("code");
        document.putArray("subject_types_supported").add("public");
        return Json.write(document);
    }

    private static void pause() {
        try {
            Thread.sleep(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
