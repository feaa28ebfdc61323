package dev.ostiary.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.HttpServer.Destination;
import dev.ostiary.http.HttpServer.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a connection: over sockets, for no HTTP client does this. */
class ConnectionsTest {
    private static final String HOST = "Host: localhost\r\n";
    private static HttpServer server;
    private static int port;

    @BeforeAll
    static void open() {
        InetAddress here = InetAddress.getLoopbackAddress();
        Capacity capacity = Capacity.usual();
        server = new HttpServer(
                List.of(new Listener("a", here, 0, null)),
                arrival -> new Destination(new Site("default", "http://localhost"), arrival.peerIp()),
                request -> request.path().equals("/unread")
                        ? Response.text(401, "no")
                        : Response.text(200, "read " + request.body().length),
                new Patience(Duration.ofMillis(700), Duration.ofMillis(700), Duration.ofSeconds(2), capacity),
                capacity);
        port = server.port("a");
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static Socket socket() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** All until the server ends the connection; a test fails if it does not. */
    private static String untilEnd(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static String answerOf(String request) throws IOException {
        try (Socket socket = socket()) {
            send(socket, request);
            return untilEnd(socket);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: close",
                "Connection: Close",
                "connection: keep-alive, close",
                "Connection: x\r\nConnection: close"
            })
    void a_client_that_wants_no_more_is_answered_and_let_go(String header) throws IOException {
        assertThat(answerOf("GET / HTTP/1.1\r\n" + HOST + header + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("\r\nConnection: close\r\n")
                .endsWith("\r\n\r\nread 0");
        assertThat(answerOf("POST / HTTP/1.1\r\n" + HOST + header + "\r\nContent-Length: 3\r\n\r\nabc"))
                .endsWith("read 3");
        String large = "a".repeat(300_000);
        assertThat(answerOf("POST /unread HTTP/1.1\r\n" + HOST + header + "\r\nContent-Length: 300000\r\n\r\n" + large))
                .as("what nobody reads does not cost the answer")
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void others_stay_for_the_next_request_whether_the_body_was_read_or_not() throws IOException {
        try (Socket socket = socket()) {
            String body = "Content-Length: 70000\r\n\r\n" + "a".repeat(70_000);
            send(socket, "POST / HTTP/1.1\r\n" + HOST + body);
            send(socket, "POST /unread HTTP/1.1\r\n" + HOST + body);
            send(socket, "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
            send(socket, "GET /last HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
            assertThat(untilEnd(socket)).containsSubsequence("read 70000", "401", "no", "read 3", "read 0");
        }
    }

    @Test
    void who_asks_whether_to_send_a_body_and_is_refused_need_not() throws IOException {
        assertThat(answerOf("POST /unread HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 9\r\n\r\n"))
                .startsWith("HTTP/1.1 401")
                .doesNotContain("100 Continue");
    }

    @Test
    void another_version_is_told_which_one_is_spoken() throws IOException {
        assertThat(answerOf("GET / HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 505 ")
                .contains("request.http_version_not_supported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 100\r\n\r\nabc",
                "Transfer-Encoding: chunked\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nab",
                "Transfer-Encoding: chunked\r\n\r\n-5\r\nabc\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nfffffffff\r\nabc",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
    void a_body_without_its_end_is_refused_and_nothing_behind_it_is_a_request(String headersAndBody)
            throws IOException {
        try (Socket socket = socket()) {
            send(socket, "POST / HTTP/1.1\r\n" + HOST + headersAndBody);
            socket.shutdownOutput();
            assertThat(untilEnd(socket))
                    .startsWith("HTTP/1.1 400 ")
                    .containsIgnoringCase("\r\nConnection: close\r\n")
                    .contains("\"code\":\"request.unreadable_body\"")
                    .containsOnlyOnce("HTTP/1.1");
        }
    }

    /** A byte now and then, which no limit of silence ends. */
    private static String dripped(String first, String each) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = socket()) {
            send(socket, first);
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        Thread.sleep(50);
                        send(socket, each);
                    }
                } catch (IOException | InterruptedException ended) {
                    // the server has had enough
                }
            });
            String answer;
            try {
                answer = untilEnd(socket);
            } catch (SocketException reset) {
                answer = "";
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
            return answer;
        }
    }

    @Test
    void a_request_that_only_drips_in_is_not_waited_for() throws IOException {
        dripped("G", "a");
        dripped("GET / HTTP/1.1\r\n", "a: b\r\n");
        dripped("GET / HTTP/1.1\r\n" + HOST + "X: ", "a");
        String head = " HTTP/1.1\r\n" + HOST + "Content-Length: 100000\r\n\r\n";
        assertThat(dripped("POST /" + head, "a")).contains(" 408 ", "request.timeout");
        assertThat(dripped("POST /unread" + head, "a")).contains(" 401 ");
        String chunked = " HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n";
        assertThat(dripped("POST /" + chunked, "1\r\na\r\n")).contains(" 408 ");
    }

    @Test
    void who_says_nothing_is_not_waited_for() throws IOException {
        try (Socket silent = socket()) {
            assertThat(untilEnd(silent)).isEmpty();
        }
        try (Socket half = socket()) {
            send(half, "GET /");
            assertThat(untilEnd(half)).isEmpty();
        }
    }

    @Test
    void two_thousand_idle_connections_are_in_nobody_s_way() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 2_000; i++) {
                Socket socket = socket();
                idle.add(socket);
                if (i % 2 == 0) {
                    send(socket, "GET / HTTP/1.1\r\n" + HOST + "\r\n");
                }
            }
            for (int i = 0; i < 50; i++) {
                assertThat(answerOf("GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n"))
                        .startsWith("HTTP/1.1 200");
            }
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }
}
