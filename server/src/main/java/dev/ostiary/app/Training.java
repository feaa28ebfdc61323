package dev.ostiary.app;

import dev.ostiary.tenants.Tenants;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One life of the program on a throw-away folder, for the Java machine to watch ({@code -XX:AOTCacheOutput}): the
 * classes that a start and the first requests need are what the next starts find ready.
 */
final class Training {
    private static final String CLIENT = "training";
    private static final String SECRET = "training-secret-of-a-throw-away-folder";

    /** What a new server is asked first. An answer that is an error trains as well. */
    private static final List<String> PATHS = List.of(
            "/api/status",
            "/oidc/.well-known/openid-configuration",
            "/oidc/jwks",
            "/api/.well-known/sign-in-exp",
            "/api/.well-known/phrases",
            "/oidc/auth?client_id=unknown",
            "/oidc/me",
            "/sign-in",
            "/register",
            "/console",
            "/unknown");

    private static final List<String> MANAGEMENT_PATHS = List.of(
            "/api/applications", "/api/users", "/api/users?search=a", "/api/sign-in-exp", "/api/logs", "/api/roles");

    private final HttpClient http = HttpClient.newHttpClient();

    private Training() {}

    /** @return the exit code */
    static int run(Path folder) {
        try {
            Config config = Config.read(Map.of(
                    "DATA_DIR", folder.toString(),
                    "PORT", Integer.toString(freePort()),
                    "ADMIN_PORT", Integer.toString(freePort()),
                    "BOOTSTRAP_CLIENT_ID", CLIENT,
                    "BOOTSTRAP_CLIENT_SECRET", SECRET));
            try (App app = App.start(config)) {
                new Training().visit(app);
            }
            return 0;
        } catch (ConfigFaults | IOException | RuntimeException e) {
            System.err.println("The training run failed: " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void visit(App app) throws IOException, InterruptedException {
        String origin = app.origin(Tenants.DEFAULT);
        for (String path : PATHS) {
            get(origin + path, "");
            get(app.origin(Tenants.ADMIN) + path, "");
        }
        String token = token(origin);
        for (String path : MANAGEMENT_PATHS) {
            get(origin + path, token);
        }
    }

    private void get(String uri, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        http.send(request.build(), HttpResponse.BodyHandlers.discarding());
    }

    private String token(String origin) throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&scope=all&client_id=" + CLIENT + "&client_secret=" + SECRET
                + "&resource=" + URLEncoder.encode("https://default.logto.app/api", StandardCharsets.UTF_8);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(origin + "/oidc/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Matcher token = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"").matcher(answer.body());
        return token.find() ? token.group(1) : "";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
