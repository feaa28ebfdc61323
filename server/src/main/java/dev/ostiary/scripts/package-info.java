/**
 * JavaScript of tenants, in a sandbox: what it adds to access tokens ({@code /configs/jwt-customizer}, table {@code
 * jwt_customizers}). {@link dev.ostiary.scripts.JwtCustomizers} is the door of what is stored, {@link
 * dev.ostiary.scripts.Scripts} runs a script with hard limits of time, memory and network.
 *
 * <p>The engine is QuickJS compiled to WebAssembly and from there to Java classes: a script sees its own linear memory and
 * four functions of ours, no object of the host, so there is nothing to climb to. Each run starts from a fresh copy of the
 * same image. Nothing of it is loaded before the first script runs.
 *
 * <p>Which tokens are customized, and what a script is told, is for {@code oidc} to know.
 */
@NullMarked
package dev.ostiary.scripts;

import org.jspecify.annotations.NullMarked;
