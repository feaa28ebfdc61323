/**
 * Organizations: the customers of a customer, each with members (users and machine-to-machine applications), and the one
 * template of roles and scopes that all of them share. {@link dev.ostiary.organizations.Organizations} is the door,
 * {@link dev.ostiary.organizations.OrganizationTemplate} that to roles and scopes, and
 * {@link dev.ostiary.organizations.OrganizationAccess} tells tokens what a member may. Tables {@code organizations},
 * {@code organization_*}. URLs: {@code /api/organizations}, {@code /api/organization-roles},
 * {@code /api/organization-scopes}, {@code /api/users/{id}/organizations}, {@code /api/applications/{id}/organizations}.
 * Events: {@code Organization.Membership.Updated}, {@code Application.AccessControl.Updated}.
 *
 * <p>Two doors are about applications: {@link dev.ostiary.organizations.ConsentOrganizations} (where users let somebody
 * else's act for them; {@code application_user_consent_organizations}) and
 * {@link dev.ostiary.organizations.ApplicationAccess} (who may use one; {@code application_access_rules}).
 */
@NullMarked
package dev.ostiary.organizations;

import org.jspecify.annotations.NullMarked;
