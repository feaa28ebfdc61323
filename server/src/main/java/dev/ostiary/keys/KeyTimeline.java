package dev.ostiary.keys;

import dev.ostiary.crypto.JwtSigner;
import dev.ostiary.crypto.KeySet;
import dev.ostiary.crypto.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The keys of one tenant with the times from which they sign, newest first. Which of them signs is asked at every use: a
 * rotation that was announced takes place on all nodes at its moment, with nobody there to carry it out.
 */
final class KeyTimeline {
    /** @param activeFrom the key signs from then on, until a later one does */
    record Dated(SigningKey key, Instant activeFrom, Instant createdAt) {
        String id() {
            return key.kid();
        }
    }

    /** @param effectiveAt when it will sign; only of the next one */
    record Seen(Dated key, KeyStatus status, Optional<Instant> effectiveAt) {}

    private record Dying(KeyRing ring, Instant until) {}

    private final List<Dated> newestFirst;
    private volatile Dying known;

    /** @param newestFirst by {@code activeFrom}; not empty */
    KeyTimeline(List<Dated> newestFirst, Instant now) {
        this.newestFirst = List.copyOf(newestFirst);
        this.known = make(now);
    }

    KeyRing at(Instant now) {
        Dying ring = known;
        if (!now.isBefore(ring.until)) {
            ring = make(now);
            known = ring;
        }
        return ring.ring;
    }

    /** Next, Current, Previous. Older ones are of no more use. */
    List<Seen> seen(Instant now) {
        int current = current(now);
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i <= Math.min(current + 1, newestFirst.size() - 1); i++) {
            Dated key = newestFirst.get(i);
            KeyStatus status = i < current ? KeyStatus.NEXT : i == current ? KeyStatus.CURRENT : KeyStatus.PREVIOUS;
            Optional<Instant> effectiveAt = Optional.of(key.activeFrom()).filter(at -> status == KeyStatus.NEXT);
            seen.add(new Seen(key, status, effectiveAt));
        }
        return seen;
    }

    private Dying make(Instant now) {
        int current = current(now);
        List<Dated> inUse = new ArrayList<>();
        inUse.add(newestFirst.get(current));
        inUse.addAll(newestFirst.subList(0, current));
        if (current + 1 < newestFirst.size()) {
            inUse.add(newestFirst.get(current + 1));
        }
        SigningKey signing = inUse.getFirst().key();
        KeySet set = new KeySet(
                inUse.stream().map(Dated::key).map(SigningKey::verificationKey).toList());
        if (!set.keys().getFirst().kid().equals(signing.kid())) {
            throw new IllegalStateException("The current key " + signing.kid() + " cannot verify");
        }
        List<String> algorithms = inUse.subList(0, current + 1).stream()
                .flatMap(key -> key.key().algorithms().stream())
                .distinct()
                .toList();
        Map<String, JwtSigner> signers = signing.algorithms().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, name -> new JwtSigner(signing, name)));
        KeyRing ring = new KeyRing(signing, signers, set, set.json().getBytes(StandardCharsets.UTF_8), algorithms);
        Instant until =
                current == 0 ? Instant.MAX : newestFirst.get(current - 1).activeFrom();
        return new Dying(ring, until);
    }

    /** The newest whose time has come; the oldest if none has, on a node whose clock is behind. */
    private int current(Instant now) {
        for (int i = 0; i < newestFirst.size(); i++) {
            if (!newestFirst.get(i).activeFrom().isAfter(now)) {
                return i;
            }
        }
        return newestFirst.size() - 1;
    }
}
