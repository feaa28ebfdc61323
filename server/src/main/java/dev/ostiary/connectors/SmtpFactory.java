package dev.ostiary.connectors;

import dev.ostiary.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The one factory there is: what the wire tells of SMTP connectors in general. */
final class SmtpFactory {
    static final String ID = "simple-mail-transfer-protocol";

    private static final ObjectNode DESCRIPTION = (ObjectNode) Json.read(text(".json"));
    private static final String LOGO = logo("#0F172A", "#99D5CC");
    private static final String LOGO_DARK = logo("#F8FAFC", "#0F766E");

    private SmtpFactory() {}

    static ObjectNode name() {
        return (ObjectNode) DESCRIPTION.get("name").deepCopy();
    }

    static ObjectNode description() {
        return (ObjectNode) DESCRIPTION.get("description").deepCopy();
    }

    static String readme() {
        return DESCRIPTION.get("readme").asString();
    }

    static ArrayNode formItems() {
        return (ArrayNode) DESCRIPTION.get("formItems").deepCopy();
    }

    /** A text, as on the wire, for an editor to begin with. */
    static String configTemplate() {
        return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(DESCRIPTION.get("configTemplate"));
    }

    static String logo() {
        return LOGO;
    }

    static String logoDark() {
        return LOGO_DARK;
    }

    private static String logo(String ink, String soft) {
        String svg = text(".svg").strip().replace("{ink}", ink).replace("{soft}", soft);
        return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String ending) {
        String resource = "/connectors/" + ID + ending;
        try (InputStream in = SmtpFactory.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Missing in the jar: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
