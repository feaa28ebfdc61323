package dev.ostiary.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the handler of a request. A tree of path segments: a literal wins over {@code {name}}, which wins over a last
 * {@code *}. HEAD is answered as GET, a known path with another method is 405 with Allow, a trailing slash is another
 * path.
 */
public final class Router {
    private final Node root = new Node();
    private final List<Operation> operations = new ArrayList<>();
    /** Longest prefix first. */
    private final TreeMap<String, Handler> fallbacks =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    private Handler fallback = request -> Response.text(404, "Not Found");

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();
        final Map<String, Endpoint> endpoints = new TreeMap<>();

        @Nullable
        Node variable;

        Map<String, Endpoint> rest = Map.of();
    }

    private record Endpoint(Handler handler, List<String> names) {}

    public Routes routes() {
        return new Routes(this, "", List.of());
    }

    /** Answers what no route knows. */
    public void otherwise(Handler handler) {
        this.fallback = handler;
    }

    /** Answers what no route below a path knows, a known path with another method included. */
    void otherwise(String prefix, Handler handler) {
        fallbacks.put(prefix, handler);
    }

    private @Nullable Handler fallbackBelow(String path) {
        for (Map.Entry<String, Handler> entry : fallbacks.entrySet()) {
            String prefix = entry.getKey();
            if (path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/')) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** What has been mounted, for the API documents. */
    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    Operation add(String method, String pattern, Handler handler) {
        Node node = root;
        List<String> names = new ArrayList<>();
        boolean rest = false;
        for (String segment : segments(pattern)) {
            if (segment.equals("*")) {
                rest = true;
            } else if (segment.startsWith("{")) {
                names.add(segment.substring(1, segment.length() - 1));
                if (node.variable == null) {
                    node.variable = new Node();
                }
                node = node.variable;
            } else {
                node = node.literals.computeIfAbsent(segment, s -> new Node());
            }
        }
        Map<String, Endpoint> endpoints = node.endpoints;
        if (rest) {
            if (node.rest.isEmpty()) {
                node.rest = new TreeMap<>();
            }
            endpoints = node.rest;
        }
        if (endpoints.put(method, new Endpoint(handler, names)) != null) {
            throw new IllegalStateException("Mounted twice: " + method + " " + pattern);
        }
        Operation operation = new Operation(method, pattern);
        operations.add(operation);
        return operation;
    }

    public Response handle(Request request) {
        List<String> segments = segments(request.path());
        List<String> values = new ArrayList<>();
        Map<String, Endpoint> endpoints = find(root, segments, 0, values);
        if (endpoints == null) {
            Handler below = fallbackBelow(request.path());
            return (below == null ? fallback : below).handle(request);
        }
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        Endpoint endpoint = endpoints.get(method);
        if (endpoint == null) {
            Handler below = fallbackBelow(request.path());
            return below == null ? otherMethod(request, endpoints) : below.handle(request);
        }
        if (!values.isEmpty()) {
            Map<String, String> params = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i++) {
                params.put(i < endpoint.names.size() ? endpoint.names.get(i) : "*", values.get(i));
            }
            request.pathParams(params);
        }
        return endpoint.handler.handle(request);
    }

    private Response otherMethod(Request request, Map<String, Endpoint> endpoints) {
        TreeSet<String> allowed = new TreeSet<>(endpoints.keySet());
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        String allow = String.join(", ", allowed);
        if (request.method().equals("OPTIONS")) {
            return Response.noContent().with("Allow", allow);
        }
        boolean known = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE").contains(request.method());
        return known
                ? Response.text(405, "Method Not Allowed").with("Allow", allow)
                : Response.text(501, "Not Implemented").with("Allow", allow);
    }

    private static @Nullable Map<String, Endpoint> find(Node node, List<String> segments, int at, List<String> values) {
        if (at == segments.size()) {
            return !node.endpoints.isEmpty() ? node.endpoints : null;
        }
        String segment = segments.get(at);
        Node literal = node.literals.get(segment);
        if (literal != null) {
            Map<String, Endpoint> found = find(literal, segments, at + 1, values);
            if (found != null) {
                return found;
            }
        }
        if (node.variable != null && !segment.isEmpty()) {
            int before = values.size();
            values.add(segment);
            Map<String, Endpoint> found = find(node.variable, segments, at + 1, values);
            if (found != null) {
                return found;
            }
            values.subList(before, values.size()).clear();
        }
        if (!node.rest.isEmpty()) {
            values.add(String.join("/", segments.subList(at, segments.size())));
            return node.rest;
        }
        return null;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(6);
        int start = 1;
        for (int slash = path.indexOf('/', 1); slash >= 0; slash = path.indexOf('/', start)) {
            segments.add(path.substring(start, slash));
            start = slash + 1;
        }
        segments.add(path.substring(start));
        return segments;
    }
}
