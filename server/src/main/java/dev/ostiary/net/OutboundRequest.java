package dev.ostiary.net;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose words are somebody else's (a script's). What they may be, whoever passes them on has checked.
 *
 * @param headers set over ours; {@code Accept-Encoding} stays ours
 * @param within from the call to the last byte of the body; never more than the operator's rules say
 * @param bodyLimit of the answer in bytes; never more than the operator's rules say
 */
public record OutboundRequest(
        String method, URI uri, Map<String, String> headers, @Nullable String body, Duration within, int bodyLimit) {}
