package dev.ostiary.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Future;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** An open connection to another machine; what may come over it is bounded in time and in bytes. */
public final class Line implements AutoCloseable {
    /** When a conversation becomes secret. */
    public enum Encryption {
        /** From the first byte. */
        AT_ONCE,
        /** The protocol itself changes to TLS, with {@link #tls()}. */
        NEGOTIATED,
        /** Never: only to hosts that the operator vouches for. */
        NONE
    }

    private final String host;
    private final OutboundRules rules;
    private final Socket plain;
    private final SSLSocketFactory tls;
    private Socket socket;
    private @Nullable Future<?> deadline;
    private volatile boolean late;
    private volatile boolean connected;

    Line(String host, OutboundRules rules) {
        this.host = host;
        this.rules = rules;
        this.plain = new Metered(rules.bodyLimit());
        this.socket = plain;
        this.tls = Trust.context(rules.trusted()).getSocketFactory();
    }

    void endBy(Future<?> task) {
        this.deadline = task;
    }

    void expire() {
        late = true;
        close();
    }

    void connect(InetAddress address, int port, Encryption encryption) throws IOException {
        // Carries the name: whoever asks the socket for it must not ask a name server once more (rebinding).
        InetAddress named = InetAddress.getByAddress(host, address.getAddress());
        int patience = (int) rules.connectTimeout().toMillis();
        plain.connect(new InetSocketAddress(named, port), patience);
        connected = true;
        if (encryption == Encryption.AT_ONCE) {
            SSLSocket secret = (SSLSocket) tls.createSocket(plain, host, port, true);
            SSLParameters parameters = secret.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            // The certificate must be of this host; without this line any valid one would do.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secret.setSSLParameters(parameters);
            socket = secret;
            secret.startHandshake();
        }
    }

    boolean isConnected() {
        return connected;
    }

    public Socket socket() {
        return socket;
    }

    /** Trusts what the operator trusts. */
    public SSLSocketFactory tls() {
        return tls;
    }

    /** Whether it was closed because its time was over. */
    public boolean isLate() {
        return late;
    }

    @Override
    public void close() {
        if (deadline != null) {
            deadline.cancel(false);
        }
        try {
            // Not the encrypted one: its farewell could wait for the other side.
            plain.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(Line.class).debug("While closing a connection", e);
        }
    }

    /** Gives no more than so many bytes: a server that never ends its line must not fill the memory. */
    private static final class Metered extends Socket {
        private final int most;

        Metered(int most) {
            this.most = most;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new Meter(super.getInputStream(), most);
        }
    }

    private static final class Meter extends FilterInputStream {
        private long left;

        Meter(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("The other side sends more than is read");
            }
        }
    }
}
