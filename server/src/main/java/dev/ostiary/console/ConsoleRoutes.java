package dev.ostiary.console;

import dev.ostiary.http.ETags;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.tenants.Tenants;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /console}: files of the build from the class path; any other path below it is the application's own. */
public final class ConsoleRoutes {
    private static final String ROOT = "/console/";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "json", "application/json; charset=utf-8",
            "webmanifest", "application/manifest+json",
            "txt", "text/plain; charset=utf-8");

    private final Tenants tenants;
    private final Map<String, Optional<Response>> files = new ConcurrentHashMap<>();

    public ConsoleRoutes(Tenants tenants) {
        this.tenants = tenants;
    }

    public void mount(Routes routes) {
        routes.get("/console", this::serve);
        routes.get("/console/*", this::serve);
    }

    private Response serve(Request request) {
        if (!request.tenant().equals(Tenants.ADMIN)) {
            return Response.text(404, "Not Found");
        }
        String path = request.path().length() > ROOT.length() ? request.path().substring(ROOT.length()) : "";
        Optional<Response> file = path.contains("..") ? Optional.empty() : file(path);
        boolean asset = path.startsWith("assets/");
        if (file.isEmpty() && asset) {
            return Response.text(404, "Not Found");
        }
        Response response = file.or(() -> file("index.html"))
                .orElseGet(() -> Response.text(404, "This build has no console. Build it with bin/run or bin/package."))
                .with("Cache-Control", asset ? "public, max-age=31536000, immutable" : "no-cache")
                .with("Content-Security-Policy", policy());
        return ETags.answer(request, response, String.valueOf(response.header("ETag")));
    }

    private String policy() {
        String user = tenants.origin(Tenants.DEFAULT);
        return "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https: "
                + user + "; font-src 'self'; connect-src 'self' " + user + "; frame-src " + user
                + "; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    }

    private Optional<Response> file(String path) {
        int dot = path.lastIndexOf('.');
        String type = dot < 0 ? null : TYPES.get(path.substring(dot + 1));
        if (type == null) {
            return Optional.empty();
        }
        return files.computeIfAbsent(path, p -> read(p, type));
    }

    private static Optional<Response> read(String path, String type) {
        try (InputStream in = ConsoleRoutes.class.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            return Optional.of(Response.bytes(200, type, bytes).with("ETag", ETags.of(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
