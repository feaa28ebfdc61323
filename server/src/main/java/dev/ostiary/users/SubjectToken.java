package dev.ostiary.users;

import tools.jackson.databind.node.ObjectNode;

/**
 * A subject token as it was redeemed.
 *
 * @param context what its maker wanted scripts of the exchange to know
 */
public record SubjectToken(String userId, ObjectNode context) {}
