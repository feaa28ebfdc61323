package dev.ostiary.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.errors.AppException;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final HttpPrologue GET = HttpPrologue.create("HTTP/1.1", "HTTP", "1.1", Method.GET, "/", false);

    private static final PeerInfo PEER = (PeerInfo) Proxy.newProxyInstance(
            PatienceTest.class.getClassLoader(),
            new Class<?>[] {PeerInfo.class},
            (proxy, method, arguments) -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));

    /** Of a connection whose socket does that when it is closed, and nothing else. */
    private static ConnectionContext connection(Runnable closing) {
        HelidonSocket socket = (HelidonSocket) Proxy.newProxyInstance(
                PatienceTest.class.getClassLoader(),
                new Class<?>[] {HelidonSocket.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        closing.run();
                    }
                    return null;
                });
        return (ConnectionContext) Proxy.newProxyInstance(
                PatienceTest.class.getClassLoader(),
                new Class<?>[] {ConnectionContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "serverSocket" -> socket;
                    case "localPeer", "remotePeer" -> PEER;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> null;
                });
    }

    /** The client may have closed it at the same moment; once that ended the look at all connections, for good. */
    @Test
    void a_connection_that_cannot_be_closed_keeps_nobody_from_the_others() throws InterruptedException {
        CountDownLatch refused = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (Patience patience =
                new Patience(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(1), Capacity.usual())) {
            patience.prologue(
                    connection(() -> {
                        refused.countDown();
                        throw new UncheckedIOException(new IOException("closed already"));
                    }),
                    GET);
            assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();
            patience.prologue(connection(closed::countDown), GET);
            assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_body_has_to_come_at_a_rate_and_sooner_and_faster_where_places_run_out() throws IOException {
        Capacity capacity = new Capacity(4, 100_000);
        List<SocketChannel> all = new ArrayList<>();
        Duration most = Duration.ofSeconds(30);
        try (Patience patience = new Patience(most, most, most, capacity)) {
            patience.require(began(20), 0);
            patience.require(began(40), 40 * 260);
            assertTimeout(() -> patience.require(began(40), 40 * 250));
            for (int i = 0; i < 4; i++) {
                all.add(SocketChannel.open());
                capacity.opened(all.get(i));
            }
            patience.require(began(3), 0);
            patience.require(began(20), 21 * 8_192);
            assertTimeout(() -> patience.require(began(20), 20 * 8_000));
        } finally {
            for (SocketChannel one : all) {
                one.close();
            }
        }
        capacity.forgetEnded();
        assertThat(capacity.isCrowded()).isFalse();
    }

    private static long began(int secondsAgo) {
        return System.nanoTime() - Duration.ofSeconds(secondsAgo).toNanos();
    }

    private static void assertTimeout(ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(AppException.class, refusal -> assertThat(refusal.code())
                .isEqualTo("request.timeout"));
    }
}
