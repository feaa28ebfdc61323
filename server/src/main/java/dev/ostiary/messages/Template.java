package dev.ostiary.messages;

import dev.ostiary.connectors.Email;
import dev.ostiary.connectors.MailTemplate;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Words with gaps: subject, plain text, and HTML where there is some. */
record Template(String subject, String text, Optional<String> html) {
    private static final Pattern INVISIBLE = Pattern.compile("(?is)<(style|script|head|title)\\b.*?</\\1>|<!--.*?-->");
    private static final Pattern BREAK = Pattern.compile("(?i)<br\\s*/?>|</(p|div|tr|h[1-6]|li|table)>");
    private static final Pattern TAG = Pattern.compile("<[^>]*>");

    static Template of(MailTemplate own) {
        return own.contentType() == MailTemplate.Format.HTML
                ? new Template(own.subject(), withoutTags(own.content()), Optional.of(own.content()))
                : new Template(own.subject(), own.content(), Optional.empty());
    }

    Email fill(String to, ObjectNode context) {
        return new Email(
                to,
                Placeholders.inLine(subject, context),
                Placeholders.inText(text, context),
                html.map(source -> Placeholders.inHtml(source, context)));
    }

    private static String withoutTags(String html) {
        String broken = BREAK.matcher(INVISIBLE.matcher(html).replaceAll("")).replaceAll("\n");
        return TAG.matcher(broken)
                .replaceAll("")
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .replaceAll("[ \\t]*\\n\\s*", "\n")
                .strip();
    }
}
