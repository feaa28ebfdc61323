package dev.ostiary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over the wire is nearly a request: the whole program refuses it, or does what it says, and never fails. */
@Timeout(120)
class MalformedRequestsTest {
    private static final List<String> REQUESTS = List.of(
            "GET /oidc/auth?client_id=a&scope=openid HTTP/1.1\r\nHost: localhost\r\nCookie: _session=b\r\n"
                    + "Connection: close\r\n\r\n",
            "POST /oidc/token HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic YTpi\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 13\r\nConnection: close\r\n\r\n"
                    + "grant_type=ab",
            "PATCH /api/users/a%20b HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a.b.c\r\n"
                    + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                    + "7\r\n{\"a\":1}\r\n0\r\n\r\n",
            "OPTIONS /api/roles HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nConnection: close\r\n\r\n");
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String answerTo(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
                socket.getInputStream().transferTo(answer);
            } catch (SocketException closed) {
                // in the middle of what it refused
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET ?a HTTP/1.1",
                "GET api/status HTTP/1.1",
                "GET/api/status HTTP/1.1",
                "G\u00e9T /api/status HTTP/1.1",
                "GET /%zz HTTP/1.1",
                "GET http:// HTTP/1.1",
                "GET /api/status HTTP/1.1\r\nHost: a"
            })
    void what_is_no_request_is_refused_as_one(String line) throws IOException {
        assertThat(answerTo((line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1)))
                .startsWith("HTTP/1.1 400 ")
                .contains("{\"code\":\"request.invalid_input\"");
    }

    @Test
    void requests_with_some_bytes_wrong_never_make_it_fail() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] request = mutated(REQUESTS.get(i % REQUESTS.size()), random);
            assertThat(answerTo(request))
                    .as("request %s of seed %s: %s", i, seed, new String(request, StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP/1.1 500", "HTTP/1.1 503");
        }
        assertThat(answerTo("GET /api/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.ISO_8859_1)))
                .startsWith("HTTP/1.1 204 ");
    }

    private static byte[] mutated(String request, Random random) {
        StringBuilder mutated = new StringBuilder(request);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(mutated.length());
            char other = (char) random.nextInt(256);
            switch (random.nextInt(4)) {
                case 0 -> mutated.setCharAt(at, other);
                case 1 -> mutated.deleteCharAt(at);
                case 2 -> mutated.insert(at, other);
                default -> mutated.insert(at, mutated.charAt(random.nextInt(mutated.length())));
            }
        }
        return mutated.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
