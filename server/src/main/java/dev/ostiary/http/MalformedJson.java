package dev.ostiary.http;

/** The body is no JSON document: 400 with the parser's word and no code, as on the wire. */
final class MalformedJson extends RuntimeException {
    MalformedJson(String message) {
        super(message, null, false, false);
    }
}
