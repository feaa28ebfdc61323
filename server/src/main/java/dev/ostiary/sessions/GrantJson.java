package dev.ostiary.sessions;

import dev.ostiary.sessions.GrantStore.Listed;
import java.util.List;

/** Wire shapes of {@code /api/users/{userId}/grants} and {@code /api/my-account/grants}. */
public final class GrantJson {
    private GrantJson() {}

    /** Times in seconds. */
    public record Payload(long exp, long iat, String jti, String kind, String clientId, String accountId) {}

    public record Client(String id, String name) {}

    /** @param expiresAt milliseconds */
    public record View(String id, Payload payload, long expiresAt, Client application) {
        static View of(Listed row, ClientFace client) {
            Grant grant = row.grant();
            return new View(
                    grant.id(),
                    new Payload(
                            grant.expiresAt().getEpochSecond(),
                            row.createdAt().getEpochSecond(),
                            grant.id(),
                            "Grant",
                            grant.clientId(),
                            grant.userId()),
                    grant.expiresAt().toEpochMilli(),
                    new Client(client.id(), client.name()));
        }
    }

    public record All(List<View> grants) {}
}
