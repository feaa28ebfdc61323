/** Ground floor: what can go wrong, as stable codes, and the texts that tell a person. Imports nothing. */
@NullMarked
package dev.ostiary.errors;

import org.jspecify.annotations.NullMarked;
