/**
 * Clients whose id is the URL of a document about them (OAuth Client ID Metadata Document, an Internet-Draft). Off unless a
 * tenant switches it on, and never on while outgoing requests are unguarded: the address comes from whoever asks.
 *
 * <p>{@link dev.ostiary.oidc.cimd.ClientDocuments} is the door; it is how {@code applications} resolves such an id.
 * Nothing of a client is stored but what users grant it. What all of them may ask for is a {@code Ceiling} of
 * {@code applications}. URLs: {@code /api/configs/cimd}. Events: {@code Cimd.Fetch}.
 */
@NullMarked
package dev.ostiary.oidc.cimd;

import org.jspecify.annotations.NullMarked;
