/**
 * The token endpoint, {@code POST /oidc/token}, and what can be exchanged for tokens there: one {@link
 * dev.ostiary.oidc.grants.GrantType} each.
 */
@NullMarked
package dev.ostiary.oidc.grants;

import org.jspecify.annotations.NullMarked;
