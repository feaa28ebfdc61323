package dev.ostiary.oidc.attacks;

import dev.ostiary.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What honest clients cannot do. */
final class Attacks {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    private Attacks() {}

    /** A JWT's claims, unverified. */
    static JsonNode claims(String jwt) {
        return Json.read(new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    /**
     * A request with whatever headers, {@code Host} included, which HTTP clients set themselves.
     *
     * @param lines request line and headers
     * @return the whole answer
     */
    static String raw(int port, String... lines) {
        return raw(port, String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n");
    }

    static String raw(int port, String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return answer(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Up to the end that the answer itself names. */
    private static String answer(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (true) {
            int one = in.read();
            if (one < 0) {
                return read.toString(StandardCharsets.UTF_8);
            }
            read.write(one);
            String text = read.toString(StandardCharsets.ISO_8859_1);
            if (text.endsWith("\r\n\r\n")) {
                Matcher length = LENGTH.matcher(text);
                read.write(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
                return read.toString(StandardCharsets.UTF_8);
            }
        }
    }

    /** Of an answer of {@link #raw(int, String...)}. */
    static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    static String head(String answer) {
        return answer.substring(0, answer.indexOf("\r\n\r\n") + 2);
    }

    static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }
}
