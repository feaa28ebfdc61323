package dev.ostiary.http;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The body of one request on the wire: read once, and to its end, for the next request stands behind it. */
final class Body {
    private static final int PIECE = 16_384;

    private final ServerRequest in;
    private final Patience patience;
    private final Capacity capacity;
    private @Nullable InputStream stream;
    private boolean isAtEnd;
    private boolean isTooSlow;
    private long began;
    private long bytes;
    private int kept;

    Body(ServerRequest in, Patience patience, Capacity capacity) {
        this.in = in;
        this.patience = patience;
        this.capacity = capacity;
    }

    /**
     * @throws AppException 413 {@code request.body_too_large}, 408 {@code request.timeout}, 503
     *     {@code request.too_much_at_once}
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
        if (isNotSent || isTooSlow) {
            throw new CloseConnectionException("The rest of the body is not waited for");
        }
        byte[] piece = new byte[PIECE];
        try {
            while (next(piece) >= 0) {
                // passed over
            }
        } catch (AppException tooSlow) {
            throw new CloseConnectionException("The rest of the body is not waited for", tooSlow);
        }
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
        try {
            int length = from.read(piece);
            isAtEnd = length < 0;
            bytes += Math.max(0, length);
            if (length >= 0) {
                patience.require(began, bytes);
            }
            return length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AppException tooSlow) {
            isTooSlow = true;
            throw tooSlow;
        }
    }
}
