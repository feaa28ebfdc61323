/** Ground floor: ids, randomness, time and small value types. No word of identity, imports nothing. */
@NullMarked
package dev.ostiary.base;

import org.jspecify.annotations.NullMarked;
