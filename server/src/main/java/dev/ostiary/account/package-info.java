/**
 * What users may ask and do about themselves, with an opaque access token of theirs: {@code /api/my-account…} and, to show
 * that it is really them, {@code /api/verifications…}. So far their sessions and grants, and the tokens that a company's
 * provider has issued to them. No tables of its own.
 */
@NullMarked
package dev.ostiary.account;

import org.jspecify.annotations.NullMarked;
