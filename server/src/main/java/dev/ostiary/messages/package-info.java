/**
 * Messages to people: what they say, in whose words, and that nobody is flooded with them.
 *
 * <p>{@link dev.ostiary.messages.Messages} is the door. The words are the templates of the tenant's connector, else our
 * own. Table {@code message_sends}. It has no URLs; how a message travels is {@code connectors}.
 */
@NullMarked
package dev.ostiary.messages;

import org.jspecify.annotations.NullMarked;
