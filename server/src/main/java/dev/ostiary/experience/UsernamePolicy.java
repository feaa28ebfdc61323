package dev.ostiary.experience;

import dev.ostiary.errors.AppException;
import dev.ostiary.json.InvalidValue;
import dev.ostiary.json.Json;
import dev.ostiary.json.Shape;
import dev.ostiary.users.UserError;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which usernames a visitor may choose. The Management API is not bound by it. */
public record UsernamePolicy(
        boolean caseSensitive,
        @Min(1) @Max(128) int minLength,
        @Min(1) @Max(128) int maxLength,
        AllowedChars allowedChars) {
    /** What any username is made of, whatever a tenant allows: it appears in URLs and search terms. */
    private static final Pattern HARD = Pattern.compile("[A-Za-z_0-9]+");

    public record AllowedChars(boolean lowercase, boolean uppercase, boolean numbers, boolean underscore) {}

    public UsernamePolicy {
        if (minLength > maxLength) {
            throw new InvalidValue("The shortest is longer than the longest", "minLength");
        }
    }

    /** @throws AppException 400 {@code guard.invalid_input} under the key {@code usernamePolicy} */
    static UsernamePolicy read(JsonNode policy) {
        ObjectNode document = Json.object();
        document.set("usernamePolicy", policy);
        return Shape.of(Holder.class).read(document).usernamePolicy();
    }

    private record Holder(UsernamePolicy usernamePolicy) {}

    /** @throws AppException 422 {@code user.username_*}: the first rule the name breaks */
    public void check(String username) {
        if (username.length() > maxLength) {
            throw new AppException(UserError.USERNAME_TOO_LONG, null, null, Map.of("max", maxLength));
        }
        if (username.length() < minLength) {
            throw new AppException(UserError.USERNAME_TOO_SHORT, null, null, Map.of("min", minLength));
        }
        if (!HARD.matcher(username).matches()) {
            throw UserError.USERNAME_INVALID_CHARSET.exception();
        }
        if (Character.isDigit(username.charAt(0))) {
            throw UserError.USERNAME_STARTS_WITH_NUMBER.exception();
        }
        if (!allowedChars.lowercase && username.chars().anyMatch(c -> c >= 'a' && c <= 'z')) {
            throw ExperienceError.USERNAME_LOWERCASE_NOT_ALLOWED.exception();
        }
        if (!allowedChars.uppercase && username.chars().anyMatch(c -> c >= 'A' && c <= 'Z')) {
            throw ExperienceError.USERNAME_UPPERCASE_NOT_ALLOWED.exception();
        }
        if (!allowedChars.numbers && username.chars().anyMatch(c -> c >= '0' && c <= '9')) {
            throw ExperienceError.USERNAME_NUMBERS_NOT_ALLOWED.exception();
        }
        if (!allowedChars.underscore && username.indexOf('_') >= 0) {
            throw ExperienceError.USERNAME_UNDERSCORE_NOT_ALLOWED.exception();
        }
    }
}
