package dev.ostiary.connectors;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ostiary.base.Ids;
import dev.ostiary.errors.AppException;
import dev.ostiary.net.Line;
import dev.ostiary.net.Line.Encryption;
import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Hands messages to mail servers, one connection each. */
public final class Mailer {
    /** From the look-up of the name to the server's last word. Some servers greet only after several seconds. */
    private static final Duration WHOLE = Duration.ofSeconds(20);

    private final Outbound outbound;
    private final Ids ids;
    private final Clock clock;
    private final Duration patience;

    public Mailer(Outbound outbound, Ids ids, Clock clock) {
        this(outbound, ids, clock, WHOLE);
    }

    Mailer(Outbound outbound, Ids ids, Clock clock, Duration patience) {
        this.outbound = outbound;
        this.ids = ids;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Returns when the mail server has taken the message: never inside a transaction.
     *
     * @throws AppException 400 {@code connector.general}, whose data name a {@link MailFault}
     */
    public void deliver(SmtpConfig config, Email email) {
        try (Line line = outbound.open(config.host(), config.port(), config.encryption(), patience)) {
            talk(line, config, email);
        } catch (OutboundException e) {
            throw MailFault.of(e.fault()).exception();
        }
    }

    private void talk(Line line, SmtpConfig config, Email email) {
        try {
            Session session = Session.getInstance(properties(line, config, email));
            MimeMessage message = message(session, config, email);
            try (SMTPTransport transport = new SMTPTransport(session, url(config))) {
                transport.connect(line.socket());
                transport.sendMessage(message, message.getRecipients(Message.RecipientType.TO));
            }
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw (line.isLate() ? MailFault.TIMEOUT : fault(e, config)).exception();
        }
    }

    private static URLName url(SmtpConfig config) {
        String user = config.login().map(SmtpConfig.Login::user).orElse(null);
        String password = config.login().map(login -> login.password().reveal()).orElse(null);
        return new URLName("smtp", config.host(), config.port(), null, user, password);
    }

    private static Properties properties(Line line, SmtpConfig config, Email email) {
        boolean negotiated = config.encryption() == Encryption.NEGOTIATED;
        Properties properties = new Properties();
        properties.put("mail.smtp.auth", String.valueOf(config.login().isPresent()));
        properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        properties.put("mail.smtp.starttls.enable", String.valueOf(negotiated));
        // Without this line whoever sits between could take STARTTLS out of the greeting and read along.
        properties.put("mail.smtp.starttls.required", String.valueOf(negotiated));
        properties.put("mail.smtp.ssl.socketFactory", line.tls());
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        // What it greets with; otherwise it would look for a name of this machine.
        properties.put("mail.smtp.localhost", ascii(config.from().domain()));
        properties.put("mail.smtp.quitwait", "false");
        if (!US_ASCII.newEncoder().canEncode(email.to())) {
            // The server must offer SMTPUTF8 (RFC 6531); the domain alone needs nothing.
            properties.put("mail.mime.allowutf8", "true");
        }
        return properties;
    }

    private MimeMessage message(Session session, SmtpConfig config, Email email)
            throws MessagingException, UnsupportedEncodingException {
        Mailbox from = config.from();
        String id = "<" + ids.token() + "@" + ascii(from.domain()) + ">";
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setFrom(address(from));
        if (config.replyTo().isPresent()) {
            message.setReplyTo(new InternetAddress[] {address(config.replyTo().get())});
        }
        message.setRecipient(Message.RecipientType.TO, address(new Mailbox("", email.to())));
        message.setSubject(email.subject(), "UTF-8");
        message.setSentDate(Date.from(clock.instant()));
        // RFC 3834: no robot answers a robot.
        message.setHeader("Auto-Submitted", "auto-generated");
        fill(message, email);
        message.saveChanges();
        return message;
    }

    private static void fill(MimeMessage message, Email email) throws MessagingException {
        if (email.html().isEmpty()) {
            message.setText(email.text(), "UTF-8");
            return;
        }
        MimeBodyPart text = new MimeBodyPart();
        text.setText(email.text(), "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(email.html().get(), "UTF-8", "html");
        MimeMultipart both = new MimeMultipart("alternative");
        both.addBodyPart(text);
        both.addBodyPart(html);
        message.setContent(both);
    }

    private static InternetAddress address(Mailbox mailbox) throws UnsupportedEncodingException {
        String address = mailbox.address();
        int at = address.lastIndexOf('@');
        String sendable = address.substring(0, at + 1) + ascii(address.substring(at + 1));
        return mailbox.name().isEmpty()
                ? new InternetAddress(sendable, null)
                : new InternetAddress(sendable, mailbox.name(), StandardCharsets.UTF_8.name());
    }

    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain);
        } catch (IllegalArgumentException notOne) {
            return domain;
        }
    }

    private static MailFault fault(Exception e, SmtpConfig config) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SSLException tls -> {
                    return MailFault.TLS;
                }
                case AuthenticationFailedException login -> {
                    return MailFault.LOGIN_REJECTED;
                }
                case SMTPSendFailedException refused
                when refused.getCommand().startsWith("MAIL") -> {
                    return MailFault.SENDER_REJECTED;
                }
                case SMTPSendFailedException refused
                when !refused.getCommand().startsWith("RCPT") -> {
                    return MailFault.MESSAGE_REJECTED;
                }
                case SendFailedException refused -> {
                    return MailFault.RECIPIENT_REJECTED;
                }
                default -> {}
            }
        }
        boolean noStartTls = config.encryption() == Encryption.NEGOTIATED
                && String.valueOf(e.getMessage()).contains("STARTTLS");
        return noStartTls ? MailFault.STARTTLS_MISSING : MailFault.BROKEN;
    }
}
