package dev.ostiary.http;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of one request on the wire: read once, and to its end, for the next request stands behind it. */
final class Body {
    private static final Logger log = LoggerFactory.getLogger(Body.class);
    private static final int PIECE = 16_384;

    private final ServerRequest in;
    private final Patience patience;
    private final Capacity capacity;
    private @Nullable InputStream stream;
    private boolean isAtEnd;
    private boolean isBroken;
    private long began;
    private long bytes;
    private int kept;

    Body(ServerRequest in, Patience patience, Capacity capacity) {
        this.in = in;
        this.patience = patience;
        this.capacity = capacity;
    }

    /**
     * @throws AppException 413 {@code request.body_too_large}, 408 {@code request.timeout}, 400
     *     {@code request.unreadable_body}, 503 {@code request.too_much_at_once}
     */
    byte[] read(int most) {
        if (!in.content().hasEntity()) {
            return new byte[0];
        }
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        // Most bodies are small, and say so.
        long said = in.headers().contentLength().orElse(PIECE);
        byte[] piece = new byte[(int) Math.clamp(said, 1, PIECE)];
        for (int length = next(piece); length >= 0; length = next(piece)) {
            if (read.size() + length > most) {
                throw CommonError.BODY_TOO_LARGE.exception();
            }
            capacity.take(kept, length);
            kept += length;
            read.write(piece, 0, length);
        }
        return read.toByteArray();
    }

    /**
     * Passes over what nobody has read, after the answer.
     *
     * @throws CloseConnectionException if the connection is of no more use
     */
    void finish() {
        if (isAtEnd || !in.content().hasEntity()) {
            return;
        }
        boolean isNotSent = stream == null && in.headers().contains(HeaderNames.EXPECT);
        if (isNotSent || isBroken) {
            throw new CloseConnectionException("The rest of the body is not waited for");
        }
        byte[] piece = new byte[PIECE];
        try {
            while (next(piece) >= 0) {
                // passed over
            }
        } catch (AppException broken) {
            throw new CloseConnectionException("The rest of the body is not waited for", broken);
        }
    }

    /** Nothing that comes after it on this connection can be told from its rest (RFC 9112 section 8). */
    boolean isBroken() {
        return isBroken;
    }

    /** After the answer: nobody looks at what was read any more. */
    void release() {
        capacity.release(kept);
        kept = 0;
    }

    private int next(byte[] piece) {
        InputStream from = stream;
        if (from == null) {
            from = in.content().inputStream();
            stream = from;
            began = System.nanoTime();
        }
        int length;
        try {
            length = from.read(piece);
        } catch (IOException | RuntimeException e) {
            // The client has left, or sends what are no chunks. The library tells by exceptions of many kinds.
            isBroken = true;
            log.debug("A body could not be read: {}", e.toString());
            throw CommonError.UNREADABLE_BODY.exception();
        }
        isAtEnd = length < 0;
        bytes += Math.max(0, length);
        if (!isAtEnd) {
            try {
                patience.require(began, bytes);
            } catch (AppException tooSlow) {
                isBroken = true;
                throw tooSlow;
            }
        }
        return length;
    }
}
