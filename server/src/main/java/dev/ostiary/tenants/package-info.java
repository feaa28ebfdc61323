/**
 * Tenants: whose users, applications and settings a row is, and under which addresses they are served. Tables
 * {@code tenants}, {@code settings}. Every other room gets the tenant's id with the request.
 */
@NullMarked
package dev.ostiary.tenants;

import org.jspecify.annotations.NullMarked;
