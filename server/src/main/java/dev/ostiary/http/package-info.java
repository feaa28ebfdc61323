/**
 * Ground floor: requests, responses, routes. The only room that knows the HTTP library. A room shows its URLs by a method
 * {@code mount(Routes)}; handlers are plain functions from {@link dev.ostiary.http.Request} to
 * {@link dev.ostiary.http.Response} on a virtual thread, and throw what they refuse.
 */
@NullMarked
package dev.ostiary.http;

import org.jspecify.annotations.NullMarked;
