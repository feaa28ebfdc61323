/**
 * Ground floor: the one client with which the program asks other machines. Every address comes from somebody's input in
 * the end, so every exchange is bounded in time and size and goes to addresses of the public internet only, unless the
 * operator allowed others. No other room may open a connection (an architecture test holds that).
 */
@NullMarked
package dev.ostiary.net;

import org.jspecify.annotations.NullMarked;
