package dev.ostiary.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted; null does not restrict.
 *
 * @param startTime inclusive
 * @param endTime inclusive
 */
record LogFilter(
        @Nullable String userId,
        @Nullable String applicationId,
        @Nullable String logKey,
        @Nullable Instant startTime,
        @Nullable Instant endTime) {}
