package dev.ostiary.messages;

import dev.ostiary.connectors.ConnectorError;
import dev.ostiary.connectors.Connectors;
import dev.ostiary.connectors.SmtpConfig;
import dev.ostiary.errors.Texts;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Json;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The test of a connector, and the words that are there before a tenant writes its own. */
public final class MessageRoutes {
    private final Messages messages;

    public MessageRoutes(Messages messages) {
        this.messages = messages;
    }

    /** @param locale of the message's own words */
    record Test(
            Optional<@Size(max = 64) @Pattern(regexp = "^\\d+$") String> phone,
            Optional<@Size(max = 320) @Pattern(regexp = "^\\S+@\\S+\\.\\S+$") String> email,
            ObjectNode config,
            Optional<@Size(max = 35) String> locale) {}

    /** @param content HTML with gaps such as <code>{{code}}</code> */
    record BuiltIn(String usageType, String language, String contentType, String subject, String content) {
        static BuiltIn of(TemplateType type, String language) {
            Template template = BuiltInTemplates.of(type, language);
            return new BuiltIn(
                    type.word(),
                    language,
                    "text/html",
                    template.subject(),
                    template.html().orElse(template.text()));
        }
    }

    public void mount(Routes api) {
        api.post("/connectors/{factoryId}/test", this::test)
                .documented("CreateConnectorTest", "Connectors")
                .takes(Test.class)
                .answers(204, 400, 401, 403, 404, 429);
        api.get("/connector-factories/{factoryId}/templates", this::builtIn)
                .documented("ListBuiltInMessageTemplates", "Connector factories")
                .answersList(200, BuiltIn.class)
                .answers(401, 403, 404);
    }

    /** With the configuration of the request, stored or not. */
    private Response test(Request request) {
        Test wanted = request.body(Test.class);
        SmtpConfig config = Connectors.read(request.param("factoryId"), wanted.config());
        if (wanted.email().isEmpty()) {
            throw wanted.phone().isPresent()
                    ? ConnectorError.UNEXPECTED_TYPE.exception()
                    : ConnectorError.INSUFFICIENT_PARAMETERS.exception();
        }
        ObjectNode context = Json.object()
                .put("code", "000000")
                .put("locale", wanted.locale().orElse(request.language()));
        messages.trial(request.tenant(), config, wanted.email().get(), context);
        return Response.noContent();
    }

    private Response builtIn(Request request) {
        if (!Connectors.isFactory(request.param("factoryId"))) {
            throw ConnectorError.FACTORY_NOT_FOUND.exception();
        }
        List<BuiltIn> all = Texts.LANGUAGES.stream()
                .flatMap(language -> Arrays.stream(TemplateType.values()).map(type -> BuiltIn.of(type, language)))
                .toList();
        return Response.json(all);
    }
}
