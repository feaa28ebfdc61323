package dev.ostiary.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundRules;
import dev.ostiary.testing.MovableClock;
import dev.ostiary.users.BreachedPasswords;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service of breached passwords: helpful when it answers, harmless when it does not. */
class BreachedPasswordRangeTest {
    private static final String BREACHED = "a password that only the service knows";
    private static final String HASH = Hashes.sha1Hex(BREACHED).toUpperCase(Locale.ROOT);

    private final MovableClock clock = new MovableClock();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer server;
    private Outbound outbound;
    private BreachedPasswords passwords;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/range/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            byte[] body = (HASH.substring(5) + ":3\r\n").getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        outbound = new Outbound(OutboundRules.strict().allowing(List.of("127.0.0.1")));
        URI range = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/range/");
        passwords = BreachedPasswords.withRange(new BreachedPasswordRange(range, outbound, clock));
    }

    @AfterEach
    void close() {
        outbound.close();
        server.stop(0);
    }

    @Test
    void the_service_sees_five_characters_of_a_hash() {
        assertThat(passwords.contains(BREACHED)).isTrue();
        assertThat(passwords.contains("another one that nobody knows")).isFalse();
        assertThat(asked).hasSize(2).first().isEqualTo("/range/" + HASH.substring(0, 5));
    }

    @Test
    void a_service_that_fails_stops_nobody_and_is_left_alone_for_a_minute() {
        status = 503;
        assertThat(passwords.contains(BREACHED)).isFalse();
        status = 200;
        assertThat(passwords.contains(BREACHED)).isFalse();
        assertThat(asked).hasSize(1);
        clock.forward(Duration.ofSeconds(61));
        assertThat(passwords.contains(BREACHED)).isTrue();
    }
}
