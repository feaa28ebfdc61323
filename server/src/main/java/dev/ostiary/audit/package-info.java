/**
 * The roof's memory: every event as a row of {@code logs}, without secrets. {@code GET /api/logs}. Nobody imports this
 * room; it is handed to {@code events} as the sink.
 */
@NullMarked
package dev.ostiary.audit;

import org.jspecify.annotations.NullMarked;
