/** Serves the built admin console below {@code /console}; it is a client of the Management API like any other. */
@NullMarked
package dev.ostiary.console;

import org.jspecify.annotations.NullMarked;
