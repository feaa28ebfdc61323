package dev.ostiary.oidc.tokens;

import dev.ostiary.db.Database;
import dev.ostiary.db.GroupedInsert;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Storing tokens, and ending them. */
public final class IssuedTokens implements AutoCloseable {
    private final Clock clock;
    private final GroupedInsert<Issue> grouped;

    private record Issue(NewAccessToken token, Event event) {}

    public IssuedTokens(Database database, Events events, Clock clock) {
        this.clock = clock;
        this.grouped = new GroupedInsert<>("access-tokens", database, (tx, issues) -> {
            TokenStore.insertAll(tx, issues.stream().map(Issue::token).toList());
            events.publish(tx, issues.stream().map(Issue::event).toList());
        });
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
    public boolean rotate(Tx tx, StoredRefreshToken spent, NewRefreshToken successor, @Nullable NewAccessToken access) {
        return TokenStore.rotate(tx, spent.hash(), successor, access, clock.instant());
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
        grouped.close();
    }
}
