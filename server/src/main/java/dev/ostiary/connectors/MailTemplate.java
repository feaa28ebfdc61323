package dev.ostiary.connectors;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.Size;

/**
 * What a tenant wants its messages of one kind to say.
 *
 * @param usageType the wire's word for the kind, such as {@code SignIn}
 */
public record MailTemplate(
        @Size(min = 1, max = 64) String usageType,
        Format contentType,
        @Size(min = 1, max = 512) String subject,
        @Size(min = 1, max = 65_536) String content) {

    public enum Format {
        TEXT("text/plain"),
        HTML("text/html");

        private final String word;

        Format(String word) {
            this.word = word;
        }

        @JsonValue
        public String word() {
            return word;
        }
    }
}
