package dev.ostiary.oidc.tokens;

import dev.ostiary.db.Database;
import dev.ostiary.db.GroupedInsert;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Storing tokens, and ending them. */
public final class IssuedTokens implements AutoCloseable {
    private final Clock clock;
    private final Events events;
    private final GroupedInsert<Issue> grouped;
    private final GroupedInsert<Attempt> rotations;

    private record Issue(NewAccessToken token, Event event) {}

    /** @param won set by the writer before the caller goes on */
    private record Attempt(Rotation rotation, AtomicBoolean won) {}

    public IssuedTokens(Database database, Events events, Clock clock) {
        this.clock = clock;
        this.events = events;
        this.grouped = new GroupedInsert<>("access-tokens", database, (tx, issues) -> {
            TokenStore.insertAll(tx, issues.stream().map(Issue::token).toList());
            events.publish(tx, issues.stream().map(Issue::event).toList());
        });
        this.rotations = new GroupedInsert<>("refresh-tokens", database, this::rotate);
    }

    /** In the transaction that spent the code; by one statement. */
    public void store(Tx tx, @Nullable NewAccessToken access, @Nullable NewRefreshToken refresh) {
        TokenStore.insert(tx, access, refresh);
    }

    /**
     * Where nothing else has to be written: many requests share a commit, and each returns when its token is durable.
     *
     * @throws dev.ostiary.errors.AppException {@code entity.relation_foreign_key_not_found} if the grant has been revoked
     *     meanwhile
     */
    public void store(String tenant, NewAccessToken access, Event event) {
        grouped.add(tenant, new Issue(access, event));
    }

    /** Replaces a refresh token and stores what comes with it; false, and nothing stored, if it was replaced before. */
    public boolean rotate(String tenant, Rotation rotation) {
        Attempt attempt = new Attempt(rotation, new AtomicBoolean());
        rotations.add(tenant, attempt);
        return attempt.won.get();
    }

    /** Of several attempts on one token the first is tried; the others have lost already. */
    private void rotate(Tx tx, List<Attempt> attempts) {
        Map<String, Attempt> first = new LinkedHashMap<>();
        attempts.forEach(attempt -> first.putIfAbsent(RotationStore.hex(attempt.rotation.spent()), attempt));
        Set<String> spent = RotationStore.rotate(
                tx, first.values().stream().map(Attempt::rotation).toList(), clock.instant());
        List<Event> granted = new ArrayList<>();
        for (Attempt attempt : attempts) {
            String hash = RotationStore.hex(attempt.rotation.spent());
            boolean won = spent.contains(hash) && first.get(hash) == attempt;
            attempt.won.set(won);
            if (won) {
                granted.add(attempt.rotation.event());
            }
        }
        events.publish(tx, granted);
    }

    /** A stored token of either kind, dead ones included. */
    public Optional<TokenFacts> find(Tx tx, String value) {
        return TokenStore.facts(tx, value, clock.instant());
    }

    /** Ends all tokens and codes of a grant, but not the grant. */
    public void endAllOfGrant(Tx tx, String grantId) {
        TokenStore.deleteOfGrant(tx, grantId);
    }

    @Override
    public void close() {
        rotations.close();
        grouped.close();
    }
}
