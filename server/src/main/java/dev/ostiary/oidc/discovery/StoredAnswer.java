package dev.ostiary.oidc.discovery;

import dev.ostiary.http.ETags;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** An answer made once: plain, compressed, and the tag that lets a client keep its copy. */
final class StoredAnswer {
    /** One address, several answers: a shared cache must not give the one for the other. */
    private static final String VARY = "Accept-Encoding, Origin";

    private final String tag;
    private final Response plain;
    private final Response gzip;
    private final Response unchanged;

    /** @param cacheControl what shared and private caches may do */
    StoredAnswer(String contentType, String cacheControl, byte[] body) {
        this.tag = ETags.of(body);
        this.plain = Response.bytes(200, contentType, body)
                .with("Cache-Control", cacheControl)
                .with("Vary", VARY)
                .with("ETag", tag);
        this.gzip = Response.bytes(200, contentType, compressed(body))
                .with("Cache-Control", cacheControl)
                .with("ETag", tag)
                .with("Content-Encoding", "gzip")
                .with("Vary", VARY);
        this.unchanged = plain.withoutBody(304);
    }

    Response to(Request request) {
        String known = request.header("If-None-Match");
        if (known != null && (known.equals("*") || known.contains(tag))) {
            return unchanged;
        }
        String accepted = request.header("Accept-Encoding");
        return accepted != null && accepted.contains("gzip") ? gzip : plain;
    }

    private static byte[] compressed(byte[] body) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
