package dev.ostiary.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/** HTTP/1.0, which the library hangs up on without a word: whoever sends it is told (RFC 9110 section 15.6.6). */
final class OldVersion implements ServerConnectionSelector {
    private static final String BODY =
            "{\"code\":\"request.http_version_not_supported\",\"message\":\"HTTP/1.1 is spoken here.\"}";
    private static final byte[] ANSWER =
            ("HTTP/1.1 505 HTTP Version Not Supported\r\nContent-Type: application/json\r\n"
                            + "Connection: close\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY)
                    .getBytes(StandardCharsets.ISO_8859_1);

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        int end = data.indexOf((byte) '\n');
        return end > 0
                        && data.readString(end, StandardCharsets.ISO_8859_1)
                                .strip()
                                .endsWith(" HTTP/1.0")
                ? Support.SUPPORTED
                : Support.UNSUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return Set.of();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new ServerConnection() {
            @Override
            public void handle(Limit limit) {
                context.dataWriter().writeNow(BufferData.create(ANSWER));
            }

            @Override
            public Duration idleTime() {
                return Duration.ZERO;
            }

            @Override
            public void close(boolean interrupt) {
                // it ends by itself
            }
        };
    }
}
