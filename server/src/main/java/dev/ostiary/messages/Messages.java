package dev.ostiary.messages;

import dev.ostiary.connectors.ConnectorError;
import dev.ostiary.connectors.Connectors;
import dev.ostiary.connectors.EmailConnector;
import dev.ostiary.connectors.Mailbox;
import dev.ostiary.connectors.Mailer;
import dev.ostiary.connectors.SmtpConfig;
import dev.ostiary.crypto.Hashes;
import dev.ostiary.db.Database;
import dev.ostiary.errors.AppException;
import dev.ostiary.errors.Texts;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.json.Shape;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The door to everybody's mailboxes. */
public final class Messages {
    /** To one recipient, of one kind, within {@link #WINDOW}: who asks for more floods somebody (PR6). */
    private static final int MOST = 10;

    private static final Duration WINDOW = Duration.ofSeconds(600);

    private final Database database;
    private final Connectors connectors;
    private final Mailer mailer;
    private final Events events;
    private final Clock clock;

    public Messages(Database database, Connectors connectors, Mailer mailer, Events events, Clock clock) {
        this.database = database;
        this.connectors = connectors;
        this.mailer = mailer;
        this.events = events;
        this.clock = clock;
    }

    /** Whether the tenant has set up what sends e-mail. */
    public boolean canSendEmail(String tenant) {
        return connectors.email(tenant).isPresent();
    }

    /**
     * Returns when the mail server has taken the message: never inside a transaction.
     *
     * @param context what fills the gaps: {@code code}, {@code link}, {@code organization.name}, {@code inviter.name},
     *     {@code application.name}, {@code user.name} …; {@code locale} chooses the language of our own templates
     * @throws AppException 501 {@code connector.not_found}, 400 {@code guard.invalid_input} for what is no
     *     address, 429 {@code request.message_rate_limited}, 400 {@code connector.general} that names a {@link
     *     dev.ostiary.connectors.MailFault}
     */
    public void sendEmail(String tenant, String to, TemplateType type, ObjectNode context) {
        EmailConnector connector = connectors.email(tenant).orElseThrow(ConnectorError.NONE_TO_SEND::exception);
        requireAddress(to);
        send(tenant, connector.config(), to, type, context);
    }

    private static void requireAddress(String to) {
        if (!Mailbox.isAddress(to)) {
            throw Shape.invalid("Must be one e-mail address", "email");
        }
    }

    /** Tries a configuration that need not be stored, within the same limit. */
    void trial(String tenant, SmtpConfig config, String to, ObjectNode context) {
        requireAddress(to);
        send(tenant, config, to, TemplateType.GENERIC, context);
    }

    private void send(String tenant, SmtpConfig config, String to, TemplateType type, ObjectNode context) {
        byte[] target = Hashes.sha256("email:" + to.toLowerCase(Locale.ROOT));
        Instant now = take(tenant, to, target, type);
        try {
            mailer.deliver(config, template(config, type, context).fill(to, context));
        } catch (AppException refused) {
            database.run(tenant, tx -> MessageSendStore.giveBack(tx, target, type.word(), now));
            Event failure = told("Message.Send", to, type).failed(refused.code());
            events.publish(tenant, failure.with("cause", refused.data()));
            throw refused;
        }
    }

    /** The tenant's own words, else ours in the reader's language. */
    private static Template template(SmtpConfig config, TemplateType type, ObjectNode context) {
        String language = Texts.language(List.of(context.path("locale").asString("")));
        return config.template(type.word()).map(Template::of).orElseGet(() -> BuiltInTemplates.of(type, language));
    }

    private Instant take(String tenant, String to, byte[] target, TemplateType type) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        boolean taken = database.writeOne(
                tenant,
                tx -> MessageSendStore.take(tx, target, type.word(), MOST, now, now.minus(WINDOW), now.plus(WINDOW)));
        if (!taken) {
            events.publish(tenant, told("Message.RateLimited", to, type).failed(MessageError.RATE_LIMITED.code()));
            throw MessageError.RATE_LIMITED.exception();
        }
        return now;
    }

    private static Event told(String key, String to, TemplateType type) {
        return Event.of(key).with("action", type.word()).with("recipient", to);
    }
}
