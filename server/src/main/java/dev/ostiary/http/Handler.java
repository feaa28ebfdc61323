package dev.ostiary.http;

/** Answers a request, or throws the refusal. */
@FunctionalInterface
public interface Handler {
    Response handle(Request request);
}
