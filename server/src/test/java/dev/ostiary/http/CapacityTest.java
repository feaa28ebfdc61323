package dev.ostiary.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.http.HttpServer.Destination;
import dev.ostiary.http.HttpServer.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients that take room and give nothing cannot do: fill the memory, or keep others out for good. */
@Timeout(60)
class CapacityTest {
    private static final int CONNECTIONS = 8;
    private static final int LONG_BODIES = 100_000;
    private static Capacity capacity;
    private static HttpServer server;
    private static int port;

    @BeforeAll
    static void open() {
        capacity = new Capacity(CONNECTIONS, LONG_BODIES);
        server = server(capacity);
        port = server.port("a");
    }

    private static HttpServer server(Capacity capacity) {
        return new HttpServer(
                List.of(new Listener("a", InetAddress.getLoopbackAddress(), 0, null)),
                arrival -> new Destination(new Site("default", "http://localhost"), arrival.peerIp()),
                request -> {
                    try {
                        return Response.text(200, "read " + request.body().length);
                    } catch (RuntimeException e) {
                        return ErrorRenderer.render(request, e);
                    }
                },
                new Patience(Duration.ofSeconds(120), Duration.ofSeconds(120), Duration.ofSeconds(120), capacity),
                capacity);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static Socket send(String text) throws IOException {
        Socket socket = connect(port);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String post(int length, int sent) {
        return "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n"
                + "a".repeat(sent);
    }

    private static String answer(Socket socket) throws IOException {
        try (socket) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String answerTo(int length) throws IOException {
        return answer(send(post(length, length)));
    }

    @Test
    void a_connection_too_many_waits_until_another_one_ends() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                idle.add(connect(port));
            }
            try (Socket waiting = send(post(3, 3))) {
                waiting.setSoTimeout(500);
                assertThatThrownBy(() -> waiting.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                waiting.setSoTimeout(20_000);
                idle.removeFirst().close();
                assertThat(answer(waiting)).startsWith("HTTP/1.1 200").endsWith("read 3");
            }
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void where_places_run_out_nobody_keeps_one_for_a_request_to_come() throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS - 1; i++) {
                idle.add(connect(port));
            }
            assertThat(answer(send(request))) // or it would not end
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("\r\nConnection: close\r\n");
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void long_bodies_have_their_room_together_and_short_ones_always_get_in() throws Exception {
        awaitHeld(0);
        try (Socket slow = send(post(95_000, 90_000))) {
            awaitHeld(90_000 - 16_384);
            assertThat(answerTo(60_000))
                    .startsWith("HTTP/1.1 503")
                    .contains("\"code\":\"request.too_much_at_once\"")
                    .containsIgnoringCase("\r\nRetry-After: 1\r\n");
            assertThat(answerTo(16_384)).startsWith("HTTP/1.1 200");
            slow.getOutputStream().write("a".repeat(5_000).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(answer(slow)).startsWith("HTTP/1.1 200").endsWith("read 95000");
        }
        for (int i = 0; i < 20; i++) {
            assertThat(answerTo(100_000)).as("each gives back what it took").startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void who_leaves_in_the_middle_of_a_long_body_gives_its_room_back() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (Socket leaving = send(post(95_000, 90_000))) {
                awaitHeld(90_000 - 16_384);
                leaving.setSoLinger(i % 2 == 0, 0); // every other one is reset
            }
            awaitHeld(0);
        }
        assertThat(answerTo(100_000)).startsWith("HTTP/1.1 200");
    }

    private static void awaitHeld(long bytes) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (capacity.held() != bytes && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(capacity.held()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc",
            })
    void no_way_of_ending_a_connection_keeps_its_place(String sent) throws IOException {
        for (int i = 0; i < 4 * CONNECTIONS; i++) {
            try (Socket socket = send(sent)) {
                socket.setSoLinger(i % 2 == 0, 0); // every other one is reset
            }
        }
        assertThat(answerTo(3)).startsWith("HTTP/1.1 200");
    }

    @Test
    void a_server_without_room_stops_all_the_same() throws IOException {
        HttpServer full = server(new Capacity(CONNECTIONS, LONG_BODIES));
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS + 2; i++) {
                idle.add(connect(full.port("a")));
            }
            full.close();
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }
}
