/**
 * Tokens and how they are made, found and ended. Opaque ones are 43 characters of which only the hash is stored; access
 * tokens for API resources are JWTs (RFC 9068) and not stored. Tables {@code access_tokens}, {@code refresh_tokens}, the
 * setting {@code oidc.idToken} ({@code /api/configs/id-token}), and the spending of {@code authorization_codes}. A revoked
 * grant takes its tokens along by foreign key.
 */
@NullMarked
package dev.ostiary.oidc.tokens;

import org.jspecify.annotations.NullMarked;
