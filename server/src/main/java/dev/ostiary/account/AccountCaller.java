package dev.ostiary.account;

import java.util.Set;

/** The user whom an access token belongs to, and what it is good for. */
public record AccountCaller(String userId, String clientId, Set<String> scopes) {}
