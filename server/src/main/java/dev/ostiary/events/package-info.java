/**
 * Ground floor: what happened, and what has changed. An {@link dev.ostiary.events.Event} is written in the transaction it
 * belongs to, or durably and grouped where there is none; the roof's listeners ({@code audit}, later webhooks) read
 * them. {@link dev.ostiary.events.Changes} tells all nodes to forget what they had cached.
 */
@NullMarked
package dev.ostiary.events;

import org.jspecify.annotations.NullMarked;
