/**
 * Pages: the HTML that visitors see. Sign-in, registration, consent, the pages that explain an error, the demo application.
 *
 * <p>URLs: {@code /sign-in}, {@code /register} and the other first screens, {@code /consent}, {@code /unknown-session},
 * {@code /demo-app}, {@code /}, the pages that a tenant has uploaded in their place, and {@code /assets/pages/*}. No table. Every flow works without JavaScript. The rules of
 * sign-in are not here: this room and the Experience API are two doors of the one state machine in {@code experience}.
 *
 * <p>Templates lie in {@code src/main/jte/pages}, the style sheet and the script in {@code resources/pages}, the words in
 * {@code resources/i18n/pages.*.properties}. Templates get records of this room and nothing else.
 */
@NullMarked
package dev.ostiary.pages;

import org.jspecify.annotations.NullMarked;
