/**
 * OAuth clients: who may ask for tokens, by which secret, and where answers may be sent.
 *
 * <p>{@link dev.ostiary.applications.Applications} is the door, {@link dev.ostiary.applications.Application} the thing,
 * {@link dev.ostiary.applications.RedirectUris} the rules for addresses. Tables: {@code applications},
 * {@code application_secrets} (sealed for reading, hashed for comparing), {@code application_sign_in_experiences} (how it
 * shows itself), and what an application of somebody else may ask for: {@code application_user_scopes},
 * {@code application_resource_scopes}, {@code application_organization_scopes}. {@code application_roles} and
 * {@code organization_scopes} are only read here, they belong to {@code roles} and {@code organizations}. URLs:
 * {@code /api/applications}.
 *
 * <p>Some applications have no row: the sample application, the account pages and the console are built in.
 */
@NullMarked
package dev.ostiary.applications;

import org.jspecify.annotations.NullMarked;
