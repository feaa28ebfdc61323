/** The roof: the program's door, its configuration, and the map of the house. Imports all; nobody imports it. */
@NullMarked
package dev.ostiary.app;

import org.jspecify.annotations.NullMarked;
