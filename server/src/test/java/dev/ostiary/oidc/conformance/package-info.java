/**
 * The modules of the OpenID Foundation's conformance suite as tests: what each sends, and every condition that it holds
 * the answers against. {@code docs/conformance.md} says which module is which test, and how the real suite is run.
 */
package dev.ostiary.oidc.conformance;
