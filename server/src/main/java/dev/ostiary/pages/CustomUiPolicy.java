package dev.ostiary.pages;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.experience.CustomUiFile;
import dev.ostiary.experience.SignInExperience.CustomUiCsp;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What browsers let a tenant's own page do (AZ9): run the scripts that were uploaded and no others, those between its tags
 * by their hash; send data to us; be in no frame. {@code customUiCsp} of the settings allows more.
 */
final class CustomUiPolicy {
    private static final String REST = "; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; "
            + "font-src 'self' data: https:; media-src 'self' data: https:; worker-src 'self' blob:; "
            + "manifest-src 'self'; form-action 'self' https:; base-uri 'self'; object-src 'none'; "
            + "frame-ancestors 'none'";

    /** Nothing that could end a source or a directive. */
    private static final Pattern SOURCE = Pattern.compile("[\\x21-\\x7E&&[^;,]]{1,512}");

    private static final Pattern SCRIPT =
            Pattern.compile("<script(\\s[^>]*)?>(.*?)</script", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private final Cache<String, String> hashes =
            Caffeine.newBuilder().maximumSize(1_000).build();

    String of(CustomUiCsp more, CustomUiFile file) {
        String inline = file.contentType().startsWith("text/html")
                ? hashes.get(file.tag(), tag -> hashes(new String(file.content(), StandardCharsets.UTF_8)))
                : "";
        return "default-src 'self'; script-src 'self'" + inline + sources(more.scriptSrc()) + "; connect-src 'self'"
                + sources(more.connectSrc()) + REST;
    }

    private static String sources(Optional<List<String>> given) {
        return given.orElse(List.of()).stream()
                .filter(source -> SOURCE.matcher(source).matches())
                .map(source -> " " + source)
                .collect(Collectors.joining());
    }

    /** Of the text as the browser has it after parsing, where lines end in LF. */
    private static String hashes(String page) {
        return SCRIPT.matcher(page.replace("\r\n", "\n").replace('\r', '\n'))
                .results()
                .map(script -> script.group(2))
                .filter(text -> !text.isBlank())
                .map(text -> " 'sha256-" + Base64.getEncoder().encodeToString(Hashes.sha256(text)) + "'")
                .distinct()
                .limit(50)
                .collect(Collectors.joining());
    }
}
