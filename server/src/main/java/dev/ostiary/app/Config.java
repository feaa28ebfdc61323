package dev.ostiary.app;

import dev.ostiary.crypto.Secret;
import dev.ostiary.net.OutboundRules;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The program's configuration, complete and checked. {@link ConfigReader} makes it from the environment.
 *
 * @param host address to bind
 * @param port of the default tenant
 * @param endpoint public origin of the default tenant; derived from the port if empty
 * @param adminPort of the admin tenant, where the console is
 * @param adminEndpoint public origin of the admin tenant
 * @param database where PostgreSQL is; empty: the embedded one in {@code dataDir}
 * @param dataDir of the embedded PostgreSQL and of the key-encryption key
 * @param proxyHops proxies in front whose forwarding headers are believed; 0: none
 * @param keyEncryptionKey 32 bytes as base64; empty: one is made and kept in {@code dataDir}
 * @param outgoing whom the program may ask
 * @param keyRotationGrace for how long a new signing key is only published, where a rotation does not say it
 * @param statusApiKey who sends it at {@code /api/status} is told the tenant's id
 */
public record Config(
        String host,
        int port,
        Optional<URI> endpoint,
        int adminPort,
        Optional<URI> adminEndpoint,
        Optional<DatabaseUrl> database,
        int databasePoolSize,
        Path dataDir,
        int proxyHops,
        Optional<Https> https,
        Optional<Secret> keyEncryptionKey,
        Outgoing outgoing,
        Duration keyRotationGrace,
        Optional<Secret> statusApiKey,
        BootstrapCredentials bootstrap) {

    /** @param jdbcUrl with its options, without credentials */
    public record DatabaseUrl(String jdbcUrl, String user, Secret password) {}

    /** PEM files: the certificate chain, and its PKCS#8 private key. */
    public record Https(Path certificate, Path privateKey) {}

    /** @param breachedPasswords address of a range interface, to which five characters are appended */
    public record Outgoing(OutboundRules rules, Optional<URI> breachedPasswords) {}

    /** What automation asks to be there after the start. */
    public record BootstrapCredentials(
            Optional<String> adminUsername,
            Optional<Secret> adminPassword,
            Optional<String> clientId,
            Optional<Secret> clientSecret) {
        public static BootstrapCredentials none() {
            return new BootstrapCredentials(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /** The configuration that the environment describes, or every fault in it. */
    public static Config read(Map<String, String> environment) throws ConfigFaults {
        return new ConfigReader(environment).read();
    }

    /** Public origin of the default tenant. */
    public String origin() {
        return origin(endpoint, port);
    }

    /** Public origin of the admin tenant. */
    public String adminOrigin() {
        return origin(adminEndpoint, adminPort);
    }

    private String origin(Optional<URI> configured, int ownPort) {
        return configured
                .map(URI::toString)
                .orElseGet(() -> (https.isPresent() ? "https" : "http") + "://localhost:" + ownPort);
    }
}
