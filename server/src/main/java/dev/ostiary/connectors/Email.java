package dev.ostiary.connectors;

import java.util.Optional;

/**
 * One message to one person.
 *
 * @param html shown instead of the text where that is possible
 */
public record Email(String to, String subject, String text, Optional<String> html) {}
