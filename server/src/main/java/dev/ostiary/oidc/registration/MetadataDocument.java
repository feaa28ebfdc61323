package dev.ostiary.oidc.registration;

import dev.ostiary.applications.RedirectUris;
import dev.ostiary.oidc.OAuthError;
import dev.ostiary.oidc.OAuthException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Members of client metadata by their names, each of the form that it must have, or a refusal that names it. */
public final class MetadataDocument {
    private static final int MOST_ITEMS = 50;

    private final ObjectNode members;

    public MetadataDocument(ObjectNode members) {
        this.members = members;
    }

    /** @throws OAuthException {@code invalid_client_metadata} */
    public static OAuthException refused(String description) {
        return OAuthError.INVALID_CLIENT_METADATA.because(description);
    }

    /** Present, and not null, which RFC 7592 section 2.2 reads as absent. */
    boolean has(String name) {
        return members.hasNonNull(name);
    }

    /** What people or logs will read: nothing in it steers a terminal, or turns the direction of what stands around. */
    public Optional<String> text(String name, int longest) {
        if (!has(name)) {
            return Optional.empty();
        }
        JsonNode value = members.get(name);
        if (!value.isString() || value.asString().length() > longest) {
            throw refused(name + " must be a string of at most " + longest + " characters");
        }
        String text = value.asString().strip();
        boolean plain = text.codePoints()
                .noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.SURROGATE);
        if (!plain) {
            throw refused(name + " must not have control characters");
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** False where it is left out. */
    public boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        if (!members.get(name).isBoolean()) {
            throw refused(name + " must be true or false");
        }
        return members.get(name).asBoolean();
    }

    /** Without what was said twice. */
    public List<String> list(String name, List<String> otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = members.get(name);
        if (!value.isArray() || value.size() > MOST_ITEMS) {
            throw refused(name + " must be an array of at most " + MOST_ITEMS);
        }
        Set<String> items = new LinkedHashSet<>();
        for (JsonNode item : value) {
            if (!item.isString() || item.asString().isEmpty() || item.asString().length() > 2048) {
                throw refused(name + " must be an array of strings");
            }
            items.add(item.asString());
        }
        return new ArrayList<>(items);
    }

    /** An address that is fetched, shown or linked to: no scheme but the web's (RU4). */
    public Optional<String> webUrl(String name) {
        Optional<String> url = text(name, 2048);
        url.flatMap(RedirectUris::faultOfWebUrl).ifPresent(fault -> {
            throw refused(name + ": " + fault);
        });
        return url;
    }

    public Optional<ObjectNode> object(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (!(members.get(name) instanceof ObjectNode object)) {
            throw refused(name + " must be an object");
        }
        return Optional.of(object);
    }

    /**
     * Addresses to which browsers are sent. A stranger's are whole ones: no wildcard, and no plain http but to the user's
     * own machine.
     *
     * @throws OAuthException {@code invalid_redirect_uri}
     */
    List<URI> redirects(String name) {
        List<URI> uris = new ArrayList<>();
        for (String text : list(name, List.of())) {
            RedirectUris.fault(text).ifPresent(fault -> {
                throw OAuthError.INVALID_REDIRECT_URI.because(name + ": " + fault);
            });
            if (text.indexOf('*') >= 0) {
                throw OAuthError.INVALID_REDIRECT_URI.because(name + ": a registered client has no wildcards");
            }
            URI uri = uri(name, text);
            if ("http".equalsIgnoreCase(uri.getScheme()) && !RedirectHosts.isLoopback(uri)) {
                throw OAuthError.INVALID_REDIRECT_URI.because(
                        name + ": plain http is for localhost, 127.0.0.1 and [::1] only");
            }
            uris.add(uri);
        }
        return uris;
    }

    private static URI uri(String name, String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException odd) {
            throw OAuthError.INVALID_REDIRECT_URI.because(name + ": must be a URI (RFC 3986)");
        }
    }
}
