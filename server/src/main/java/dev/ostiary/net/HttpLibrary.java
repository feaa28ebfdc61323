package dev.ostiary.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The HTTP library as we want it: it connects where it is told to, and does nothing of its own accord. */
final class HttpLibrary implements AutoCloseable {
    /** Token endpoint and user info of one sign-in share a connection and its TLS handshake. */
    private static final Timeout IDLE = Timeout.ofSeconds(10);

    private static final int MOST_CONNECTIONS = 200;
    private static final int MOST_TO_ONE_ADDRESS = 50;

    private final OutboundRules rules;
    private @Nullable CloseableHttpClient client;
    private boolean closed;

    HttpLibrary(OutboundRules rules) {
        this.rules = rules;
    }

    /** Made when first asked for: its classes cost the start more than most installations ever need. */
    synchronized CloseableHttpClient client() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (client == null) {
            client = build();
        }
        return client;
    }

    private CloseableHttpClient build() {
        Timeout connect = Timeout.of(rules.connectTimeout());
        Timeout exchange = Timeout.of(rules.exchangeTimeout());
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(NEVER)
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(Trust.context(rules.trusted())))
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setSupportedProtocols(TLS.V_1_2, TLS.V_1_3)
                                .setHandshakeTimeout(connect)
                                .build())
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxLineLength(16_384)
                                        .setMaxHeaderCount(100)
                                        .build())
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(exchange)
                                .setIdleTimeout(IDLE)
                                .setTimeToLive(TimeValue.of(1, TimeUnit.MINUTES))
                                // A connection that the other side closed is noticed before a code is sent over it.
                                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                .build())
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_TO_ONE_ADDRESS)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connect)
                        .setResponseTimeout(exchange)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("Ostiary")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** Addresses come from the guard; a second look-up could answer otherwise (rebinding). */
    private static final DnsResolver NEVER = new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    };

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            try {
                client.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
