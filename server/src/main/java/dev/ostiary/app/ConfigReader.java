package dev.ostiary.app;

import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.app.Config.DatabaseUrl;
import dev.ostiary.app.Config.Https;
import dev.ostiary.app.Config.Outgoing;
import dev.ostiary.crypto.Secret;
import dev.ostiary.net.OutboundRules;
import dev.ostiary.net.Trust;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration: environment variables under the wire's names, or a properties file named by {@code
 * CONFIG_FILE} with the same keys; the environment wins. Collects every fault before it gives up.
 */
final class ConfigReader {
    static final Set<String> KEYS = Set.of(
            "HOST",
            "PORT",
            "ENDPOINT",
            "ADMIN_PORT",
            "ADMIN_ENDPOINT",
            "DB_URL",
            "DATABASE_POOL_SIZE",
            "DATA_DIR",
            "TRUST_PROXY_HEADER",
            "TRUST_PROXY_HOPS",
            "HTTPS_CERT_PATH",
            "HTTPS_KEY_PATH",
            "SECRET_VAULT_KEK",
            "PRIVATE_KEY_ROTATION_GRACE_PERIOD",
            "OUTBOUND_ALLOWED_NETWORKS",
            "OUTBOUND_TRUSTED_CERTIFICATES",
            "OIDC_PROVIDER_SSRF_PROTECTION_DISABLED",
            "BREACHED_PASSWORDS_URL",
            "STATUS_API_KEY",
            "BOOTSTRAP_ADMIN_USERNAME",
            "BOOTSTRAP_ADMIN_PASSWORD",
            "BOOTSTRAP_CLIENT_ID",
            "BOOTSTRAP_CLIENT_SECRET");

    private final Map<String, String> values = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    ConfigReader(Map<String, String> environment) {
        String file = environment.get("CONFIG_FILE");
        if (file != null && !file.isBlank()) {
            readFile(Path.of(file));
        }
        environment.forEach((key, value) -> {
            if (KEYS.contains(key) && !value.isBlank()) {
                values.put(key, value.strip());
            }
        });
    }

    Config read() throws ConfigFaults {
        int port = integer("PORT", 3001, 1, 65_535);
        int adminPort = integer("ADMIN_PORT", 3002, 1, 65_535);
        if (port == adminPort) {
            faults.add("PORT and ADMIN_PORT are both " + port + "; they must differ.");
        }
        int proxyHops = integer("TRUST_PROXY_HOPS", 1, 1, 20);
        Config config = new Config(
                values.getOrDefault("HOST", "127.0.0.1"),
                port,
                origin("ENDPOINT"),
                adminPort,
                origin("ADMIN_ENDPOINT"),
                databaseUrl(),
                integer("DATABASE_POOL_SIZE", 20, 2, 1000),
                path("DATA_DIR").orElse(Path.of("data")),
                flag("TRUST_PROXY_HEADER") ? proxyHops : 0,
                https(),
                keyEncryptionKey(),
                new Outgoing(outboundRules(), breachedPasswords()),
                Duration.ofSeconds(integer("PRIVATE_KEY_ROTATION_GRACE_PERIOD", 0, 0, 31_536_000)),
                secret("STATUS_API_KEY"),
                bootstrap());
        if (!faults.isEmpty()) {
            throw new ConfigFaults(faults);
        }
        return config;
    }

    private void readFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            faults.add("CONFIG_FILE: cannot read " + file + " (" + e.getMessage() + ").");
        }
        Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
        unknown.removeAll(KEYS);
        for (String key : unknown) {
            faults.add(file + ": unknown key " + key + ".");
        }
        properties
                .stringPropertyNames()
                .forEach(key -> values.put(key, properties.getProperty(key).strip()));
    }

    private int integer(String key, int otherwise, int least, int most) {
        String text = values.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        faults.add(key + " must be a number from " + least + " to " + most + ", not \"" + text + "\".");
        return otherwise;
    }

    private boolean flag(String key) {
        String text = values.getOrDefault(key, "false").toLowerCase(Locale.ROOT);
        if (Set.of("1", "true", "yes", "y", "on").contains(text)) {
            return true;
        }
        if (!Set.of("0", "false", "no", "n", "off").contains(text)) {
            faults.add(key + " must be true or false, not \"" + text + "\".");
        }
        return false;
    }

    private Optional<URI> origin(String key) {
        String text = values.get(key);
        if (text == null) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getRawPath() == null || uri.getRawPath().matches("/*");
            if (web && uri.getHost() != null && bare && uri.getRawQuery() == null && uri.getUserInfo() == null) {
                return Optional.of(URI.create(
                        uri.getScheme() + "://" + uri.getRawAuthority().toLowerCase(Locale.ROOT)));
            }
        } catch (URISyntaxException e) {
            // told below
        }
        faults.add(key + " must be an origin like https://id.example.com, not \"" + text + "\".");
        return Optional.empty();
    }

    private Optional<DatabaseUrl> databaseUrl() {
        String text = values.get("DB_URL");
        if (text == null) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            boolean postgres = "postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme());
            String path = uri.getPath();
            String userInfo = uri.getRawUserInfo();
            if (postgres && uri.getHost() != null && path != null && path.length() > 1 && userInfo != null) {
                String[] credentials = userInfo.split(":", 2);
                String options = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
                int port = uri.getPort() < 0 ? 5432 : uri.getPort();
                return Optional.of(new DatabaseUrl(
                        "jdbc:postgresql://" + uri.getHost() + ":" + port + path + options,
                        decode(credentials[0]),
                        new Secret(credentials.length > 1 ? decode(credentials[1]) : "")));
            }
        } catch (URISyntaxException e) {
            // told below, without the text: it may hold a password
        }
        faults.add("DB_URL must look like postgres://user:password@host:5432/database.");
        return Optional.empty();
    }

    private Optional<Https> https() {
        Optional<Path> certificate = path("HTTPS_CERT_PATH");
        Optional<Path> key = path("HTTPS_KEY_PATH");
        if (certificate.isEmpty() && key.isEmpty()) {
            return Optional.empty();
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            faults.add("HTTPS_CERT_PATH and HTTPS_KEY_PATH belong together; one is missing.");
            return Optional.empty();
        }
        for (Path file : List.of(certificate.get(), key.get())) {
            if (!Files.isReadable(file)) {
                faults.add("Cannot read " + file + ", named by HTTPS_CERT_PATH or HTTPS_KEY_PATH.");
            }
        }
        return Optional.of(new Https(certificate.get(), key.get()));
    }

    private Optional<Secret> keyEncryptionKey() {
        Optional<Secret> key = secret("SECRET_VAULT_KEK");
        if (key.isPresent() && !isKey(key.get())) {
            faults.add("SECRET_VAULT_KEK must be 32 bytes as base64 (make one with: openssl rand -base64 32).");
        }
        return key;
    }

    private static boolean isKey(Secret base64) {
        try {
            return Base64.getDecoder().decode(base64.reveal()).length == 32;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private OutboundRules outboundRules() {
        OutboundRules rules = OutboundRules.strict();
        for (String entry : values.getOrDefault("OUTBOUND_ALLOWED_NETWORKS", "").split(",")) {
            try {
                rules = entry.isBlank() ? rules : rules.allowing(List.of(entry));
            } catch (IllegalArgumentException e) {
                faults.add("OUTBOUND_ALLOWED_NETWORKS: \"" + entry.strip()
                        + "\" is neither a network like 10.1.0.0/16 nor a host name.");
            }
        }
        Optional<Path> certificates = path("OUTBOUND_TRUSTED_CERTIFICATES");
        if (certificates.isPresent()) {
            try {
                rules = rules.trusting(Trust.read(certificates.get()));
            } catch (IOException | CertificateException e) {
                faults.add("OUTBOUND_TRUSTED_CERTIFICATES: no PEM certificates in " + certificates.get() + ".");
            }
        }
        return flag("OIDC_PROVIDER_SSRF_PROTECTION_DISABLED") ? rules.withoutGuard() : rules;
    }

    private Optional<URI> breachedPasswords() {
        Optional<String> range = text("BREACHED_PASSWORDS_URL");
        if (range.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(range.get().endsWith("/") ? range.get() : range.get() + "/");
            if (uri.getHost() != null && uri.getScheme().matches("https?") && uri.getRawQuery() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // told below
        }
        faults.add("BREACHED_PASSWORDS_URL must be an address like https://api.pwnedpasswords.com/range/.");
        return Optional.empty();
    }

    private BootstrapCredentials bootstrap() {
        BootstrapCredentials credentials = new BootstrapCredentials(
                text("BOOTSTRAP_ADMIN_USERNAME"),
                secret("BOOTSTRAP_ADMIN_PASSWORD"),
                text("BOOTSTRAP_CLIENT_ID"),
                secret("BOOTSTRAP_CLIENT_SECRET"));
        if (credentials.adminUsername().isPresent()
                != credentials.adminPassword().isPresent()) {
            faults.add("BOOTSTRAP_ADMIN_USERNAME and BOOTSTRAP_ADMIN_PASSWORD belong together; one is missing.");
        }
        if (credentials.clientId().isPresent() != credentials.clientSecret().isPresent()) {
            faults.add("BOOTSTRAP_CLIENT_ID and BOOTSTRAP_CLIENT_SECRET belong together; one is missing.");
        }
        credentials
                .adminUsername()
                .filter(name -> !name.matches("[A-Za-z_]\\w{0,127}"))
                .ifPresent(name ->
                        faults.add("BOOTSTRAP_ADMIN_USERNAME must begin with a letter and hold only letters, digits and"
                                + " underscores."));
        credentials
                .clientId()
                .filter(id -> !id.matches("[A-Za-z0-9_-]{1,21}"))
                .ifPresent(id -> faults.add("BOOTSTRAP_CLIENT_ID must be 1 to 21 letters, digits, - or _."));
        credentials
                .adminPassword()
                .filter(p -> p.reveal().length() < 8)
                .ifPresent(p -> faults.add("BOOTSTRAP_ADMIN_PASSWORD must have at least 8 characters."));
        credentials
                .clientSecret()
                .filter(s -> s.reveal().length() < 16)
                .ifPresent(s -> faults.add("BOOTSTRAP_CLIENT_SECRET must have at least 16 characters."));
        return credentials;
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key));
    }

    private Optional<Secret> secret(String key) {
        return text(key).map(Secret::new);
    }

    private Optional<Path> path(String key) {
        @Nullable String text = values.get(key);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            faults.add(key + " is not a path: " + e.getReason() + ".");
            return Optional.empty();
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
