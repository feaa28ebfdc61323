package dev.ostiary.organizations;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;

/** What has become of an invitation; by the wire's words. */
public enum InvitationStatus {
    @JsonProperty("Pending")
    PENDING("Pending"),
    @JsonProperty("Accepted")
    ACCEPTED("Accepted"),
    @JsonProperty("Expired")
    EXPIRED("Expired"),
    @JsonProperty("Revoked")
    REVOKED("Revoked");

    private final String word;

    InvitationStatus(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static InvitationStatus of(String word) {
        return find(word).orElseThrow(() -> new IllegalArgumentException(word));
    }

    static Optional<InvitationStatus> find(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word.equals(word))
                .findAny();
    }
}
