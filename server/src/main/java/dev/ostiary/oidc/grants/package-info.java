/**
 * The token endpoint, {@code POST /oidc/token}, and what can be exchanged for tokens there: one {@link
 * dev.ostiary.oidc.grants.GrantType} each. What a token in the name of a user is worth is decided in one place for all of
 * them, {@link dev.ostiary.oidc.grants.UserAccess}: scopes, roles, organizations, second factors, access rules.
 */
@NullMarked
package dev.ostiary.oidc.grants;

import org.jspecify.annotations.NullMarked;
