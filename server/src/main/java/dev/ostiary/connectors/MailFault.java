package dev.ostiary.connectors;

import dev.ostiary.errors.AppException;
import dev.ostiary.net.Fault;
import java.util.Locale;
import java.util.Map;

/** Why a mail server was not reached, or did not take a message. */
public enum MailFault {
    HOST_NOT_FOUND("There is no host of this name."),
    PRIVATE_ADDRESS("The host is inside a private network. An operator can allow it in OUTBOUND_ALLOWED_NETWORKS."),
    NOT_ENCRYPTED(
            "Without encryption only hosts in OUTBOUND_ALLOWED_NETWORKS are written to. Use port 465, or 587 with STARTTLS."),
    REFUSED("Nobody answers at this host and port."),
    TIMEOUT("The mail server did not answer in time."),
    TLS("The certificate of the mail server is not trusted: it is expired, self-signed, or of another host."),
    STARTTLS_MISSING("The mail server offers no encryption on this port. Try port 465."),
    LOGIN_REJECTED("The mail server does not accept user and password."),
    SENDER_REJECTED("The mail server does not let this login write as this sender."),
    RECIPIENT_REJECTED("The mail server does not accept the recipient."),
    MESSAGE_REJECTED("The mail server did not take the message."),
    BROKEN("The connection broke, or what answers is no mail server.");

    private final String sentence;

    MailFault(String sentence) {
        this.sentence = sentence;
    }

    /** For JSON: {@code login_rejected}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    AppException exception() {
        return new AppException(ConnectorError.NOT_DELIVERED, Map.of("fault", word()), sentence);
    }

    static MailFault of(Fault fault) {
        return switch (fault) {
            case NOT_A_URL, HOST_NOT_FOUND -> HOST_NOT_FOUND;
            case PRIVATE_ADDRESS -> PRIVATE_ADDRESS;
            case NOT_HTTPS -> NOT_ENCRYPTED;
            case REFUSED -> REFUSED;
            case TIMEOUT -> TIMEOUT;
            case TLS -> TLS;
            case TOO_LARGE, REDIRECTED, BROKEN -> BROKEN;
        };
    }
}
