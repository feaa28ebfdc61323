package dev.ostiary.http;

/** Stands before handlers: may answer itself, look at the request, or change the answer. */
@FunctionalInterface
public interface Filter {
    Response apply(Request request, Handler next);
}
