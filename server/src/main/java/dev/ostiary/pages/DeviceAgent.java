package dev.ostiary.pages;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a device says of itself, as far as we know the words: what else it says, a stranger might have chosen to be believed.
 */
record DeviceAgent(Optional<String> program, Optional<String> system) {
    /** The order counts: most browsers claim to be others too. */
    private static final Map<String, Pattern> PROGRAMS = table(
            "Edge", "Edg(e|A|iOS)?/",
            "Opera", "OPR/",
            "Samsung Internet", "SamsungBrowser/",
            "Firefox", "(Firefox|FxiOS)/",
            "Chrome", "(Chrome|CriOS)/",
            "Safari", "Version/[\\d.]+.* Safari/",
            "curl", "^curl/",
            "Python", "(?i)python",
            "Go", "^Go-http-client/",
            "Java", "^(Java|okhttp)",
            "Node.js", "^(node|undici|axios)\\b");

    private static final Map<String, Pattern> SYSTEMS = table(
            "PlayStation", "PlayStation",
            "Xbox", "Xbox",
            "Nintendo", "Nintendo",
            "Apple TV", "(?i)apple ?tv",
            "Samsung TV", "Tizen",
            "LG TV", "(?i)web0?os",
            "Roku", "Roku",
            "iOS", "iPhone|iPad|iPod",
            "Android", "Android",
            "Windows", "Windows",
            "ChromeOS", "CrOS",
            "macOS", "Mac OS X|Macintosh",
            "Linux", "Linux");

    /** Empty if we know nothing of it. */
    static Optional<DeviceAgent> of(String userAgent) {
        DeviceAgent agent = new DeviceAgent(find(PROGRAMS, userAgent), find(SYSTEMS, userAgent));
        return agent.shown().isEmpty() ? Optional.empty() : Optional.of(agent);
    }

    String shown() {
        return Stream.of(program, system).flatMap(Optional::stream).collect(Collectors.joining(", "));
    }

    private static Optional<String> find(Map<String, Pattern> table, String text) {
        return table.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(text).find())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Map<String, Pattern> table(String... pairs) {
        Map<String, Pattern> table = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            table.put(pairs[i], Pattern.compile(pairs[i + 1]));
        }
        return table;
    }
}
