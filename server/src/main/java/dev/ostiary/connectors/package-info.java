/**
 * How messages leave the house: the tenant's e-mail connector, for now over SMTP.
 *
 * <p>{@link dev.ostiary.connectors.Connectors} is the door to what is configured, {@link dev.ostiary.connectors.Mailer}
 * delivers. Table {@code connectors}. URLs {@code /api/connectors…}, {@code /api/connector-factories…}. It does not know
 * what a message says nor to whom one may be sent: that is {@code messages}.
 */
@NullMarked
package dev.ostiary.connectors;

import org.jspecify.annotations.NullMarked;
