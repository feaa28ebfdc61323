package dev.ostiary.messages;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills {@code {{organization.name}}} and the like. Values are strangers' words (a user's name, say): in HTML they are
 * text and nothing else, in a subject they are one line. What is not known becomes empty.
 */
final class Placeholders {
    private static final Pattern GAP = Pattern.compile("\\{\\{\\{?\\s*([A-Za-z0-9_.]{1,100})\\s*}?}}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\\n\\t]]");
    private static final Pattern WEB = Pattern.compile("(?i)https?://\\S+");
    private static final int LONGEST_SUBJECT = 250;

    private Placeholders() {}

    static String inText(String template, ObjectNode context) {
        return fill(template, context, value -> CONTROL.matcher(value).replaceAll(""));
    }

    static String inHtml(String template, ObjectNode context) {
        return fill(template, context, Placeholders::escape);
    }

    /** Without line breaks: behind one an attacker would write headers of his own. */
    static String inLine(String template, ObjectNode context) {
        String line = fill(template, context, value -> value)
                .replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029\\s]+", " ")
                .strip();
        return line.length() > LONGEST_SUBJECT ? line.substring(0, LONGEST_SUBJECT) : line;
    }

    private static String fill(String template, ObjectNode context, UnaryOperator<String> guard) {
        return GAP.matcher(template)
                .replaceAll(gap -> Matcher.quoteReplacement(guard.apply(value(context, gap.group(1)))));
    }

    private static String value(ObjectNode context, String path) {
        JsonNode node = context;
        for (String key : path.split("\\.", -1)) {
            node = node.path(key);
        }
        String value = node.isValueNode() && !node.isNull() ? node.asString() : "";
        // An address that runs a script is no link.
        return path.equals("link") && !WEB.matcher(value).matches() ? "" : value;
    }

    static String escape(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
