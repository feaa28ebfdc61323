package dev.ostiary.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that hang, flood, point elsewhere or are not who they seem (SS2, SS3, RP7). */
@Timeout(20)
class HostileServerTest {
    private static final Duration CONNECT = Duration.ofMillis(400);
    private static final Duration EXCHANGE = Duration.ofMillis(900);

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private Outbound outbound;

    @FunctionalInterface
    private interface Script {
        void play(OutputStream out) throws IOException, InterruptedException;
    }

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        outbound = new Outbound(
                OutboundRules.strict().allowing(List.of("127.0.0.1")).within(CONNECT, EXCHANGE));
    }

    @AfterEach
    void close() throws IOException {
        outbound.close();
        server.close();
    }

    @Test
    void an_answer_is_handed_over_whole() throws Exception {
        serve(out -> write(out, "HTTP/1.1 201 Created\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 5\r\n\r\nhello"));
        OutboundAnswer answer =
                outbound.postForm(uri("/token?x=1"), Map.of("code", "a+b/ü"), Map.of("Authorization", "Basic abc"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.headers().get("x-a")).containsExactly("1", "2");
        assertThat(requests.getFirst())
                .startsWith("POST /token?x=1 HTTP/1.1")
                .contains("Authorization: Basic abc")
                .contains("Content-Type: application/x-www-form-urlencoded")
                .contains("Host: 127.0.0.1:" + server.getLocalPort())
                .contains("Accept-Encoding: identity");
    }

    @Test
    void a_redirect_is_not_followed_SS2() {
        serve(out -> write(
                out,
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + server.getLocalPort()
                        + "/inside\r\nContent-Length: 0\r\n\r\n"));
        assertThat(fault("/")).isEqualTo(Fault.REDIRECTED);
        assertThat(requests).hasSize(1);
    }

    @Test
    void a_server_that_never_answers_is_left() {
        serve(out -> Thread.sleep(10_000));
        assertThat(fault("/")).isEqualTo(Fault.TIMEOUT);
    }

    @Test
    void a_body_that_trickles_is_cut_by_the_time_of_the_whole_RP7() {
        serve(out -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            for (int i = 0; i < 1000; i++) {
                write(out, "x");
                Thread.sleep(100);
            }
        });
        assertThat(fault("/")).isEqualTo(Fault.TIMEOUT);
    }

    @Test
    void headers_that_trickle_are_cut_too() {
        serve(out -> {
            write(out, "HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 1000; i++) {
                write(out, "X: y\r\n");
                Thread.sleep(100);
            }
        });
        assertThat(fault("/")).isEqualTo(Fault.TIMEOUT);
    }

    @Test
    void an_announced_gigabyte_is_not_read_SS3() {
        serve(out -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nx"));
        assertThat(fault("/")).isEqualTo(Fault.TOO_LARGE);
    }

    @Test
    void fifty_megabytes_in_pieces_are_cut_RP7() {
        serve(out -> {
            write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            String piece = "x".repeat(50_000);
            for (int i = 0; i < 1000; i++) {
                write(out, "c350\r\n" + piece + "\r\n");
            }
            write(out, "0\r\n\r\n");
        });
        assertThat(fault("/")).isEqualTo(Fault.TOO_LARGE);
    }

    @Test
    void an_endless_header_is_cut() {
        serve(out -> {
            write(out, "HTTP/1.1 200 OK\r\nX: ");
            for (int i = 0; i < 1000; i++) {
                write(out, "y".repeat(1000));
            }
        });
        assertThat(fault("/")).isIn(Fault.TOO_LARGE, Fault.BROKEN);
    }

    @Test
    void a_gzip_bomb_is_never_inflated_SS3() {
        serve(out ->
                write(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\u001f\u008b\u0008"));
        assertThat(fault("/")).isEqualTo(Fault.BROKEN);
    }

    @Test
    void what_is_not_http_is_told_as_broken() {
        serve(out -> {
            write(out, "SSH-2.0-OpenSSH_9.9\r\n");
            throw new IOException("and hangs up");
        });
        assertThat(fault("/")).isEqualTo(Fault.BROKEN);
    }

    @Test
    void a_closed_port_is_told_as_refused() throws IOException {
        server.close();
        assertThat(fault("/")).isEqualTo(Fault.REFUSED);
    }

    @Test
    void a_handshake_that_hangs_is_left() {
        serve(out -> Thread.sleep(10_000));
        assertThat(fault(URI.create("https://127.0.0.1:" + server.getLocalPort() + "/")))
                .isEqualTo(Fault.TIMEOUT);
    }

    @Test
    void a_name_is_looked_up_once_and_the_checked_address_is_the_one_connected_to_SS2() throws Exception {
        serve(out -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"));
        AtomicInteger lookups = new AtomicInteger();
        // First a harmless answer, then this machine: the window between check and connection.
        Resolver rebinding =
                host -> List.of(InetAddress.getByName(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "::1"));
        try (Outbound client = new Outbound(
                OutboundRules.strict().allowing(List.of("127.0.0.1")).within(CONNECT, EXCHANGE), rebinding)) {
            URI uri = URI.create("http://rebind.example:" + server.getLocalPort() + "/");
            assertThat(client.get(uri, Map.of()).text()).isEqualTo("ok");
            assertThat(lookups).hasValue(1);
            assertThat(requests.getFirst()).contains("Host: rebind.example:");
            assertThat(catchThrowableOfType(OutboundException.class, () -> client.get(uri, Map.of()))
                            .fault())
                    .isEqualTo(Fault.PRIVATE_ADDRESS);
            assertThat(requests).hasSize(1);
        }
    }

    @Test
    void a_second_address_is_tried_when_the_first_cannot_be_reached() throws Exception {
        serve(out -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        Resolver two = host -> List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.1"));
        try (Outbound client = new Outbound(
                OutboundRules.strict().allowing(List.of("127.0.0.0/8")).within(CONNECT, EXCHANGE), two)) {
            assertThat(client.get(URI.create("http://two.example:" + server.getLocalPort() + "/"), Map.of())
                            .text())
                    .isEqualTo("ok");
        }
    }

    @Test
    void a_name_server_that_hangs_is_left() throws Exception {
        Resolver slow = host -> {
            try {
                Thread.sleep(5_000);
            } catch (InterruptedException e) {
                throw new UnknownHostException(host);
            }
            return List.of();
        };
        try (Outbound client = new Outbound(OutboundRules.strict().within(CONNECT, EXCHANGE), slow)) {
            OutboundException e = catchThrowableOfType(
                    OutboundException.class, () -> client.get(URI.create("https://slow.example/"), Map.of()));
            assertThat(e.fault()).isEqualTo(Fault.TIMEOUT);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    private Fault fault(String path) {
        return fault(uri(path));
    }

    private Fault fault(URI uri) {
        long before = System.nanoTime();
        OutboundException e = catchThrowableOfType(OutboundException.class, () -> outbound.get(uri, Map.of()));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(EXCHANGE.plusSeconds(6));
        return e.fault();
    }

    private void serve(Script script) {
        Thread.startVirtualThread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread.startVirtualThread(() -> answer(socket, script));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void answer(Socket accepted, Script script) {
        try (Socket socket = accepted) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            StringBuilder head = new StringBuilder();
            String line = in.readLine();
            while (line != null && !line.isEmpty()) {
                head.append(line).append('\n');
                line = in.readLine();
            }
            requests.add(head.toString());
            script.play(socket.getOutputStream());
            in.read();
        } catch (IOException | InterruptedException cutOff) {
            // the client has left
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
