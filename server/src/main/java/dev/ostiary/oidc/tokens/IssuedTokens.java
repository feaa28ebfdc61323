package dev.ostiary.oidc.tokens;

import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Database;
import dev.ostiary.db.GroupedInsert;
import dev.ostiary.db.GroupedLookup;
import dev.ostiary.db.HotSql;
import dev.ostiary.db.Tx;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import java.time.Clock;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Storing tokens, and ending them. */
public final class IssuedTokens implements AutoCloseable {
    private final Clock clock;
    private final Events events;
    private final HotSql issue;
    private final GroupedInsert<Issue> grouped;
    private final Map<SingleUse, GroupedInsert<Attempt>> redemptions = new EnumMap<>(SingleUse.class);
    private final GroupedLookup<TokenFacts> facts;

    private record Issue(NewAccessToken token, Event event) {}

    /** @param won set by the writer before the caller goes on */
    private record Attempt(Redemption redemption, AtomicBoolean won) {}

    public IssuedTokens(Database database, Events events, Clock clock) {
        this.clock = clock;
        this.events = events;
        this.issue = HotSql.of("WITH stored AS (" + TokenStore.INSERT_ACCESS_TOKENS + ") " + events.part("true"));
        this.grouped = new GroupedInsert<>("access-tokens", database, this::issue);
        for (SingleUse kind : SingleUse.values()) {
            RedemptionStore store = new RedemptionStore(kind, events);
            redemptions.put(
                    kind, new GroupedInsert<>(kind.table(), database, (tx, attempts) -> redeem(tx, store, attempts)));
        }
        this.facts = new GroupedLookup<>(database, (tx, hashes) -> TokenStore.facts(tx, hashes, clock.instant()));
    }

    /** Where something else is written by the same transaction. */
    public void store(Tx tx, NewAccessToken access) {
        TokenStore.insert(tx, access);
    }

    /** As {@link #store(Tx, NewAccessToken)}. */
    public void store(Tx tx, NewRefreshToken refresh) {
        TokenStore.insert(tx, refresh);
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

    /**
     * Spends what is presented and stores what it is worth, durably, in a commit that many requests share. False, and
     * nothing is stored, if it was spent before, or its grant has been revoked.
     */
    public boolean redeem(String tenant, Redemption redemption) {
        Attempt attempt = new Attempt(redemption, new AtomicBoolean());
        Objects.requireNonNull(redemptions.get(redemption.kind())).add(tenant, attempt);
        return attempt.won.get();
    }

    /** In the order of their grants: two writers that lock several never wait for each other in a circle. */
    private void issue(Tx tx, List<Issue> issues) {
        List<Issue> ordered = issues.stream()
                .sorted(Comparator.comparing(each -> each.token.grantId()))
                .toList();
        Map<String, Object> values = new HashMap<>(
                TokenStore.columns(ordered.stream().map(Issue::token).toList()));
        values.putAll(events.values(ordered.stream().map(Issue::event).toList()));
        issue.update(tx, values);
    }

    /** Of several attempts on one thing the first is tried; the others have lost already. */
    private void redeem(Tx tx, RedemptionStore store, List<Attempt> attempts) {
        Map<String, Attempt> first = new LinkedHashMap<>();
        attempts.forEach(attempt -> first.putIfAbsent(RedemptionStore.hex(attempt.redemption.spent()), attempt));
        Set<String> spent = store.redeem(
                tx, first.values().stream().map(Attempt::redemption).toList(), clock.instant());
        first.forEach((hash, attempt) -> attempt.won.set(spent.contains(hash)));
    }

    /** A stored token of either kind, dead ones included. */
    public Optional<TokenFacts> find(Tx tx, String value) {
        return TokenStore.facts(tx, List.of(Hashes.sha256Hex(value)), clock.instant()).values().stream()
                .findFirst();
    }

    /** The same where no transaction is open: many requests share a statement. */
    public Optional<TokenFacts> find(String tenant, String value) {
        return facts.find(tenant, Hashes.sha256Hex(value));
    }

    /** Ends all tokens and codes of a grant, but not the grant. */
    public void endAllOfGrant(Tx tx, String grantId) {
        TokenStore.deleteOfGrant(tx, grantId);
    }

    @Override
    public void close() {
        redemptions.values().forEach(GroupedInsert::close);
        grouped.close();
    }
}
