package dev.ostiary.resources;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A permission of an API resource.
 *
 * @param name the scope value of OAuth, without spaces
 */
public record Scope(String id, String resourceId, String name, @Nullable String description, Instant createdAt) {}
