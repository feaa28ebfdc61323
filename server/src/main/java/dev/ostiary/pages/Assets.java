package dev.ostiary.pages;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files beside the pages. Their names carry a hash of their content, so they may be kept for ever. */
final class Assets {
    static final String ROOT = "/assets/pages/";
    static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, Response> files = new HashMap<>();

    Assets() {
        for (String name : List.of("pages.css", "pages.js", "demo.js", "device-demo.js", "favicon.svg")) {
            put(name, read(name));
        }
        put("own.css", Theme.ownCss().getBytes(StandardCharsets.UTF_8));
    }

    private void put(String name, byte[] content) {
        String hashed = hashed(name, content);
        addresses.put(name, ROOT + hashed);
        files.put(hashed, Response.bytes(200, type(name), content).with("Cache-Control", FOR_EVER));
    }

    /** @param name of a file, without its hash */
    String address(String name) {
        String address = addresses.get(name);
        if (address == null) {
            throw new IllegalArgumentException(name);
        }
        return address;
    }

    /** @param name with its hash */
    Optional<Response> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** {@code theme.css} becomes {@code theme.<hash>.css}. */
    static String hashed(String name, byte[] content) {
        int dot = name.lastIndexOf('.');
        return name.substring(0, dot) + "."
                + Hashes.base64Url(Hashes.sha256(content)).substring(0, 12) + name.substring(dot);
    }

    static String hashed(String name, String content) {
        return hashed(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".css" -> "text/css; charset=utf-8";
            case ".js" -> "text/javascript; charset=utf-8";
            default -> "image/svg+xml";
        };
    }

    private static byte[] read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream("/pages/" + name)) {
            if (in == null) {
                throw new IllegalStateException("Missing in this build: /pages/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
