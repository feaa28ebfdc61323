package dev.ostiary.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A person with a browser that runs no script: follows links and redirects, fills in the form of a page, keeps cookies by
 * host. Fields that the page has filled in (hidden ones too) are sent as they are.
 */
public final class Visitor {
    private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);
    private static final Pattern FORM = Pattern.compile("<form([^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<(?:input|button)\\b([^>]*)>", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("<a\\b([^>]*)>", Pattern.DOTALL);
    private static final Pattern ATTRIBUTE = Pattern.compile("([\\w-]+)(?:\\s*=\\s*\"([^\"]*)\")?");

    /** As browsers keep them: by host, name and path; ports do not matter (RFC 6265 section 8.5). */
    private final Map<CookieKey, String> jar = new LinkedHashMap<>();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String language;

    /** @param language sent as Accept-Language */
    public Visitor(String language) {
        this.language = language;
    }

    private record CookieKey(String host, String name, String path) {}

    /** Where the visitor is and what is there. */
    public record Place(URI address, int status, String page) {
        public String path() {
            return address.getPath();
        }
    }

    public Place open(String address) {
        return go(URI.create(address), null);
    }

    /** Sends the page's first POST form with these values in addition to what it holds. */
    public Place submit(Place place, Map<String, String> values) {
        Matcher form = FORM.matcher(place.page);
        while (form.find()) {
            Map<String, String> attributes = attributes(form.group(1));
            if (attributes.getOrDefault("method", "get").equalsIgnoreCase("post")) {
                Map<String, String> fields = new LinkedHashMap<>();
                Matcher input = INPUT.matcher(form.group(2));
                while (input.find()) {
                    Map<String, String> field = attributes(input.group(1));
                    if (field.containsKey("name") && !"submit".equals(field.get("type"))) {
                        fields.put(field.get("name"), field.getOrDefault("value", ""));
                    }
                }
                fields.putAll(values);
                String action = attributes.getOrDefault("action", "");
                return go(action.isEmpty() ? place.address : place.address.resolve(action), fields);
            }
        }
        throw new AssertionError("No form to send on " + place.address + ":\n" + place.page);
    }

    /** Follows the page's first link whose address contains this. */
    public Place follow(Place place, String part) {
        Matcher link = LINK.matcher(place.page);
        while (link.find()) {
            String address = attributes(link.group(1)).getOrDefault("href", "");
            if (address.contains(part)) {
                return go(place.address.resolve(address), null);
            }
        }
        throw new AssertionError("No link to " + part + " on " + place.address + ":\n" + place.page);
    }

    /** Value of a cookie of that name, on any host. */
    public Optional<String> cookie(String name) {
        return jar.entrySet().stream()
                .filter(e -> e.getKey().name.equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private String cookiesFor(URI address) {
        return jar.entrySet().stream()
                .filter(e -> e.getKey().host.equals(address.getHost())
                        && (address.getPath() + "/").startsWith(folder(e.getKey().path)))
                .map(e -> e.getKey().name + "=" + e.getValue())
                .collect(Collectors.joining("; "));
    }

    /** With a slash at the end, so that /sign is not taken for the folder of /sign-in. */
    private static String folder(String path) {
        return path.endsWith("/") ? path : path + "/";
    }

    private void keep(URI address, String header) {
        String[] parts = header.split(";");
        String[] pair = parts[0].split("=", 2);
        String path = "/";
        boolean gone = pair[1].isEmpty();
        for (String part : parts) {
            String attribute = part.strip();
            if (attribute.toLowerCase(Locale.ROOT).startsWith("path=")) {
                path = attribute.substring("path=".length());
            }
            gone |= attribute.equalsIgnoreCase("max-age=0");
        }
        CookieKey key = new CookieKey(address.getHost(), pair[0].strip(), path);
        if (gone) {
            jar.remove(key);
        } else {
            jar.put(key, pair[1].strip());
        }
    }

    private Place go(URI address, Map<String, String> form) {
        URI at = address;
        HttpResponse<String> response = send(at, form);
        for (int i = 0; i < 15 && REDIRECTS.contains(response.statusCode()); i++) {
            at = at.resolve(response.headers().firstValue("Location").orElseThrow());
            response = send(at, response.statusCode() >= 307 ? form : null);
        }
        return new Place(at, response.statusCode(), response.body());
    }

    private HttpResponse<String> send(URI address, Map<String, String> form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept-Language", language);
        String cookies = cookiesFor(address);
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        if (form == null) {
            request.GET();
        } else {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", address.getScheme() + "://" + address.getAuthority())
                    .POST(BodyPublishers.ofString(encode(form)));
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            response.headers().allValues("Set-Cookie").forEach(header -> keep(address, header));
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    private static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(e -> URLEncoder.encode(e.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Map<String, String> attributes(String tag) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(tag);
        while (matcher.find()) {
            attributes.put(matcher.group(1), matcher.group(2) == null ? "" : unescape(matcher.group(2)));
        }
        return attributes;
    }

    private static String unescape(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
