/**
 * The hinge between what an application asked ({@code oidc}, later {@code saml}) and what a person answers ({@code
 * experience}): one row an authorization request that waits for its visitor, and the cookies by which a browser names
 * it. Knows nothing of either side: request, experience and answer are JSON to it.
 *
 * <p>Table: {@code interactions}. URLs: none. A browser holds one interaction an application, so two tabs with two
 * applications do not disturb each other.
 */
@NullMarked
package dev.ostiary.interactions;

import org.jspecify.annotations.NullMarked;
