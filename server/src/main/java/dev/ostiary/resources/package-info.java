/**
 * API resources and their scopes: what access tokens are for. {@link dev.ostiary.resources.Resources} is the door,
 * {@link dev.ostiary.resources.ManagementApi} the one resource that every tenant has. Tables {@code resources},
 * {@code scopes}. URLs: {@code /api/resources}.
 */
@NullMarked
package dev.ostiary.resources;

import org.jspecify.annotations.NullMarked;
