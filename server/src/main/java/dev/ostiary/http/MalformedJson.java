package dev.ostiary.http;

import java.util.regex.Pattern;

/** The body is no JSON document: 400 with the parser's word and no code, as on the wire. */
final class MalformedJson extends RuntimeException {
    /** Where the parser would have shown the source, which it is told not to. */
    private static final Pattern PLACE = Pattern.compile("\\s*\\(?(start marker )?at \\[Source: [^]]*]\\)?");

    MalformedJson(String message) {
        super(PLACE.matcher(message).replaceAll(""), null, false, false);
    }
}
