package dev.ostiary.organizations;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.CommonError;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What every relation has on the wire: POST adds pairs that are all new, PUT replaces, DELETE takes one away. The list is
 * each relation's own.
 */
final class RelationRoutes {
    private final Database database;
    private final Relation relation;
    private final Key key;
    private Check check = (tx, ids) -> {};
    private Told told = (tx, request, change) -> {};
    private @Nullable Function<List<String>, Object> answer;

    /** The ids of the owner that a request names; may refuse. */
    @FunctionalInterface
    interface Key {
        List<String> of(Tx tx, Request request);
    }

    /** May refuse what is about to be added. */
    @FunctionalInterface
    interface Check {
        void check(Tx tx, List<String> ids);
    }

    /** Hears, in the transaction, of what was changed. */
    @FunctionalInterface
    interface Told {
        void tell(Tx tx, Request request, Relation.Change change);
    }

    /** A body that names what is added. */
    interface Ids {
        List<String> in(Tx tx);
    }

    /** The operations in the API document. */
    record Names(String tag, String add, String replace, String remove) {}

    RelationRoutes(Database database, Relation relation, Key key) {
        this.database = database;
        this.relation = relation;
        this.key = key;
    }

    RelationRoutes checkedBy(Check rule) {
        this.check = rule;
        return this;
    }

    RelationRoutes tellingTo(Told listener) {
        this.told = listener;
        return this;
    }

    /** What POST answers with, of the ids that were added; otherwise nothing. */
    RelationRoutes answering(Function<List<String>, Object> body) {
        this.answer = body;
        return this;
    }

    /**
     * @param item name of the path's last segment, that of DELETE
     * @param some body of POST
     * @param any body of PUT, which may name nothing
     */
    void mount(Routes api, String path, String item, Names names, Class<? extends Ids> some, Class<? extends Ids> any) {
        api.post(path, request -> add(request, some))
                .documented(names.add(), names.tag())
                .takes(some)
                .answers(201, 400, 401, 403, 422);
        api.put(path, request -> replace(request, any))
                .documented(names.replace(), names.tag())
                .takes(any)
                .answers(204, 400, 401, 403, 422);
        api.delete(path + "/{" + item + "}", request -> remove(request, item))
                .documented(names.remove(), names.tag())
                .answers(204, 400, 401, 403, 404, 422);
    }

    private Response add(Request request, Class<? extends Ids> shape) {
        Ids body = request.body(shape);
        List<String> added = database.write(request.tenant(), tx -> {
            List<String> owner = key.of(tx, request);
            List<String> ids = body.in(tx);
            check.check(tx, ids);
            List<String> inserted = relation.insert(tx, owner, ids);
            told.tell(tx, request, Relation.Change.ofAdded(inserted));
            return inserted;
        });
        return answer == null ? Response.empty(201) : Response.json(201, answer.apply(added));
    }

    private Response replace(Request request, Class<? extends Ids> shape) {
        Ids body = request.body(shape);
        database.run(request.tenant(), tx -> {
            List<String> owner = key.of(tx, request);
            List<String> ids = body.in(tx);
            check.check(tx, ids);
            told.tell(tx, request, relation.replace(tx, owner, ids));
        });
        return Response.noContent();
    }

    private Response remove(Request request, String item) {
        String id = request.param(item);
        database.run(request.tenant(), tx -> {
            if (!relation.remove(tx, key.of(tx, request), id)) {
                throw CommonError.ENTITY_NOT_FOUND.exception();
            }
            told.tell(tx, request, Relation.Change.ofRemoved(List.of(id)));
        });
        return Response.noContent();
    }
}
