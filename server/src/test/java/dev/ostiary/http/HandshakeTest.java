package dev.ostiary.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.HttpServer.Destination;
import dev.ostiary.http.HttpServer.Listener;
import dev.ostiary.testing.TestKeyStore;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A listener that speaks TLS, and clients that stop somewhere in the handshake to keep its places. */
@Timeout(60)
class HandshakeTest {
    private static final int CONNECTIONS = 4;
    private static SSLContext trusting;
    private static HttpServer server;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        TestKeyStore.generate(file, "server", "-ext", "san=dns:localhost");
        KeyStore keys = TestKeyStore.load(file);
        trusting = trusting(keys);
        Tls tls = Tls.builder()
                .privateKey((PrivateKey) keys.getKey("server", TestKeyStore.PASSWORD.toCharArray()))
                .privateKeyCertChain(List.of((X509Certificate) keys.getCertificate("server")))
                .build();
        Capacity capacity = new Capacity(CONNECTIONS, 100_000);
        server = new HttpServer(
                List.of(
                        new Listener("plain", InetAddress.getLoopbackAddress(), 0, null),
                        new Listener("secure", InetAddress.getLoopbackAddress(), 0, tls)),
                arrival -> new Destination(new Site("default", "https://localhost"), arrival.peerIp()),
                request -> Response.text(200, "in"),
                new Patience(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(60), capacity),
                capacity);
    }

    private static SSLContext trusting(KeyStore keys) throws Exception {
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port("secure"));
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static byte[] hello() throws IOException {
        SSLEngine client = trusting.createSSLEngine("localhost", 443);
        client.setUseClientMode(true);
        ByteBuffer out = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
        client.wrap(ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static String answer() throws IOException {
        try (Socket socket = trusting.getSocketFactory().createSocket(connect(), "localhost", 443, true)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void who_stops_in_the_middle_of_a_handshake_keeps_nobody_out() throws IOException {
        byte[] hello = hello();
        List<byte[]> beginnings =
                List.of(new byte[0], Arrays.copyOf(hello, 1), Arrays.copyOf(hello, hello.length / 2), hello);
        List<Socket> stopped = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * CONNECTIONS; i++) {
                Socket socket = connect();
                stopped.add(socket);
                socket.getOutputStream().write(beginnings.get(i % beginnings.size()));
            }
            assertThat(answer()).startsWith("HTTP/1.1 200").endsWith("in");
        } finally {
            for (Socket socket : stopped) {
                socket.close();
            }
        }
    }

    @Test
    void what_is_no_handshake_costs_no_place() throws IOException {
        for (String sent : List.of("GET / HTTP/1.1\r\n\r\n", "\u0016\u0003\u0001\u0000\u0002ab", "\r\n\r\n", "")) {
            for (int i = 0; i < 2 * CONNECTIONS; i++) {
                try (Socket socket = connect()) {
                    socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
            assertThat(answer()).startsWith("HTTP/1.1 200");
        }
    }
}
