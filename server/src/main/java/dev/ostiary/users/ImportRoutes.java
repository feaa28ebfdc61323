package dev.ostiary.users;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.PasswordDigest;
import dev.ostiary.db.Database;
import dev.ostiary.errors.AppException;
import dev.ostiary.http.ErrorRenderer;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Field;
import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import dev.ostiary.users.ImportJson.Outcome;
import dev.ostiary.users.ImportJson.Report;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /api/users/import}, which the wire does not have: it creates users one by one. Takes a JSON array, or one
 * JSON document a line.
 */
public final class ImportRoutes {
    /** A call. */
    static final int MOST = 1_000;

    private static final Set<String> LINES = Set.of("application/x-ndjson", "application/jsonl");

    private final Imports imports;

    public ImportRoutes(Database database, Users users, Ids ids, Clock clock) {
        this.imports = new Imports(database, users, ids, clock);
    }

    public void mount(Routes api) {
        api.post("/users/import", this::importUsers)
                .documented("ImportUsers", "Users")
                .takesList(ImportJson.User.class)
                .answers(200, Report.class)
                .answers(400, 401, 403, 413, 415);
    }

    private Response importUsers(Request request) {
        List<Object> read = read(request).stream().map(ImportRoutes::user).toList();
        Iterator<Imports.Result> stored = imports.store(
                        request.tenant(),
                        read.stream()
                                .filter(ImportedUser.class::isInstance)
                                .map(ImportedUser.class::cast)
                                .toList())
                .iterator();
        List<Outcome> results = new ArrayList<>(read.size());
        for (Object one : read) {
            Imports.Result result =
                    one instanceof AppException refusal ? new Imports.Result.Refused(refusal) : stored.next();
            results.add(outcome(request, results.size(), result));
        }
        int created =
                (int) results.stream().filter(result -> result.id().isPresent()).count();
        return Response.json(new Report(created, results.size() - created, results));
    }

    private static Outcome outcome(Request request, int index, Imports.Result result) {
        return switch (result) {
            case Imports.Result.Created created ->
                new Outcome(index, "created", Optional.of(created.id()), Optional.empty());
            case Imports.Result.Refused refused -> {
                Map<String, Object> error = ErrorRenderer.body(request, refused.reason());
                error.remove("data");
                yield new Outcome(index, "failed", Optional.empty(), Optional.of((ObjectNode) Json.tree(error)));
            }
        };
    }

    /** A document each, or why one cannot be read. */
    private static List<Object> read(Request request) {
        List<Object> documents = new ArrayList<>();
        if (LINES.contains(request.contentType())) {
            new String(request.body(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> documents.add(line(line)));
        } else {
            JsonNode body = request.json();
            if (!body.isArray()) {
                throw Shape.invalid("Expected an array of users");
            }
            body.forEach(documents::add);
        }
        if (documents.size() > MOST) {
            throw Shape.invalid("Must contain at most " + MOST + " users a call");
        }
        return documents;
    }

    private static Object line(String line) {
        try {
            return Json.read(line);
        } catch (JacksonException malformed) {
            return Shape.invalid(malformed.getOriginalMessage());
        }
    }

    /** The user of a document, or the refusal of it. */
    private static Object user(Object document) {
        if (!(document instanceof JsonNode node)) {
            return document;
        }
        try {
            return user(Shape.of(ImportJson.User.class).read(node));
        } catch (AppException refusal) {
            return refusal;
        }
    }

    private static ImportedUser user(ImportJson.User wanted) {
        NewUser user = new NewUser(
                filled(wanted.username()),
                filled(wanted.primaryEmail()),
                filled(wanted.primaryPhone()),
                filled(wanted.name()),
                filled(wanted.avatar()),
                wanted.profile().map(UserJson.Profile::document).orElseGet(Json::object),
                wanted.customData().orElseGet(Json::object),
                password(wanted));
        return new ImportedUser(
                wanted.id().toOptional(),
                user,
                wanted.identities().orElseGet(Json::object),
                wanted.isSuspended().orElse(false),
                instant(wanted.lastSignInAt()),
                instant(wanted.createdAt()));
    }

    private static @Nullable PasswordDigest password(ImportJson.User wanted) {
        String digest = filled(wanted.passwordDigest());
        return digest == null
                ? null
                : UserRoutes.imported(digest, wanted.passwordAlgorithm().toOptional());
    }

    /** Other systems write an empty text where there is nothing. */
    private static @Nullable String filled(Field<String> field) {
        return field.toOptional().filter(text -> !text.isEmpty()).orElse(null);
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
