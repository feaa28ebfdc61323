package dev.ostiary.scripts;

import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundAnswer;
import dev.ostiary.net.OutboundException;
import dev.ostiary.net.OutboundRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code fetch} of one run: over {@link Outbound} and its guard (SS1, SS2), a few times only, small bodies only. What the
 * other side has said wrong is not told, only that it is wrong (SS3).
 */
final class ScriptFetch {
    static final int MOST = 5;
    static final int MOST_SENT = 65_536;
    static final int MOST_RECEIVED = 262_144;
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]{0,8192}");
    private static final int MOST_HEADERS = 32;
    /** How a message ends and which way it goes is not the script's to say. */
    private static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "keep-alive",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "accept-encoding");

    private final Outbound outbound;
    private int fetches;

    ScriptFetch(Outbound outbound) {
        this.outbound = outbound;
    }

    /** As the driver reads it: either an answer or a fault. */
    record Answer(@Nullable String fault, int status, List<List<String>> headers, String body) {
        static Answer fault(String fault) {
            return new Answer(fault, 0, List.of(), "");
        }
    }

    Answer fetch(JsonNode wanted, Duration left) {
        if (++fetches > MOST) {
            return Answer.fault("a script may fetch " + MOST + " times");
        }
        String method = wanted.path("method").asString("");
        if (!METHODS.contains(method)) {
            return Answer.fault("this method is not allowed");
        }
        String body = wanted.path("body").asString(null);
        if (body != null && body.getBytes(StandardCharsets.UTF_8).length > MOST_SENT) {
            return Answer.fault("the body is larger than " + MOST_SENT + " bytes");
        }
        try {
            Map<String, String> headers = headers(wanted.path("headers"), body != null);
            URI uri = new URI(wanted.path("url").asString(""));
            return answer(outbound.send(
                    new OutboundRequest(method, uri, headers, body, within(wanted, left), MOST_RECEIVED)));
        } catch (URISyntaxException e) {
            return Answer.fault("not_a_url");
        } catch (IllegalArgumentException e) {
            return Answer.fault("a header is not allowed");
        } catch (OutboundException e) {
            return Answer.fault(e.fault().word());
        }
    }

    private static Duration within(JsonNode wanted, Duration left) {
        long most = Math.max(1, left.toMillis());
        JsonNode timeout = wanted.path("timeout");
        return Duration.ofMillis(timeout.isNumber() ? (long) Math.clamp(timeout.asDouble(), 1, most) : most);
    }

    private static Map<String, String> headers(JsonNode wanted, boolean hasBody) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("accept", "*/*");
        if (hasBody) {
            headers.put("content-type", "text/plain;charset=UTF-8");
        }
        for (JsonNode pair : wanted) {
            String name = pair.path(0).asString("").toLowerCase(Locale.ROOT);
            String value = pair.path(1).asString("");
            if (OURS.contains(name)
                    || name.startsWith("proxy-")
                    || !NAME.matcher(name).matches()
                    || !VALUE.matcher(value).matches()
                    || headers.size() > MOST_HEADERS) {
                throw new IllegalArgumentException(name);
            }
            headers.put(name, value);
        }
        return headers;
    }

    private static Answer answer(OutboundAnswer answer) {
        List<List<String>> headers = answer.headers().entrySet().stream()
                .flatMap(header -> header.getValue().stream().map(value -> List.of(header.getKey(), value)))
                .toList();
        return new Answer(null, answer.status(), headers, answer.text());
    }
}
