package dev.ostiary.connectors;

import java.time.Instant;

/** What a tenant sends its e-mail by. */
public record EmailConnector(String id, SmtpConfig config, Instant createdAt) {}
