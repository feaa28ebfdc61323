/** Who calls a management endpoint, and whether they may: bearer tokens of our own tenants with scope {@code all}. */
@NullMarked
package dev.ostiary.access;

import org.jspecify.annotations.NullMarked;
