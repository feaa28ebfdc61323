package dev.ostiary.sso;

import dev.ostiary.crypto.Secret;
import java.time.Instant;
import java.util.Optional;

/** Tokens that a provider has issued for its own API. */
public record TokenSet(Secret accessToken, Optional<Secret> refreshToken, Optional<Instant> expiresAt, String scope) {}
