package dev.ostiary.sessions;

import java.util.Map;
import java.util.Optional;

/**
 * How an application came to act for a user who did not sign in to it (RFC 8693).
 *
 * @param act who acts, as the claim of that name (section 4.1)
 * @param with what was exchanged, where the end of that ends this too
 */
public record Exchange(Optional<Map<String, Object>> act, Optional<String> with) {}
