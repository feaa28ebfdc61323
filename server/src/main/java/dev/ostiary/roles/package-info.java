/**
 * Role-based access control: roles gather scopes of API resources, users and machine-to-machine applications hold roles.
 * {@link dev.ostiary.roles.Roles} is the door. Tables {@code roles}, {@code role_scopes}, {@code user_roles},
 * {@code role_user_counts} (how many hold each, a ledger), {@code application_roles}. URLs: {@code /api/roles}, {@code /api/users/{id}/roles},
 * {@code /api/applications/{id}/roles}.
 */
@NullMarked
package dev.ostiary.roles;

import org.jspecify.annotations.NullMarked;
