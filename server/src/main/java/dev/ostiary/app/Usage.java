package dev.ostiary.app;

/** What {@code --help} and {@code --version} print. */
final class Usage {
    static final String TEXT =
            """
            Ostiary, an identity platform in one program.

            Start it without arguments; it is ready when GET /api/status answers 204, and stops on SIGTERM.
            Settings are environment variables, or lines KEY=value of the file that CONFIG_FILE names:

              PORT, ENDPOINT               port of sign-in, OpenID Connect and API (3001); its public address
              ADMIN_PORT, ADMIN_ENDPOINT   port of the console (3002); its public address
              HOST                         address to listen on (127.0.0.1; 0.0.0.0 for all)
              HTTPS_CERT_PATH, HTTPS_KEY_PATH
                                           PEM files: certificate chain and PKCS#8 key; with them both ports speak TLS
              TRUST_PROXY_HEADER           true behind a proxy that sets X-Forwarded-Proto, -Host and -For
              TRUST_PROXY_HOPS             how many such proxies stand in a row (1)
              DB_URL                       postgres://user:password@host:5432/database (PostgreSQL 15 or newer);
                                           without it a PostgreSQL is started with its data in DATA_DIR
              DATABASE_POOL_SIZE           connections to the database (20)
              DATA_DIR                     folder of the data (./data)
              SECRET_VAULT_KEK             32 bytes as base64 that seal stored secrets; without it a key in DATA_DIR.
                                           Nodes that share a DB_URL share this key.
              OUTBOUND_ALLOWED_NETWORKS    networks and hosts that may be asked though they are private, http included:
                                           10.1.0.0/16,idp.corp.example
              OUTBOUND_TRUSTED_CERTIFICATES
                                           PEM file of authorities that vouch for such hosts
              OIDC_PROVIDER_SSRF_PROTECTION_DISABLED
                                           true: every address may be asked
              BREACHED_PASSWORDS_URL       service to ask for breached passwords (five characters of a hash are sent)
              STATUS_API_KEY               who sends it to /api/status learns the tenant
              BOOTSTRAP_ADMIN_USERNAME, BOOTSTRAP_ADMIN_PASSWORD
                                           creates the first administrator of the console
              BOOTSTRAP_CLIENT_ID, BOOTSTRAP_CLIENT_SECRET
                                           creates a machine-to-machine application for the Management API

            Other arguments: --help, --version, train (with bin/ostiary: prepares a fast start, once).
            Options of the Java machine: OSTIARY_JAVA_OPTIONS.
            """;

    private Usage() {}

    static String version() {
        String version = Usage.class.getPackage().getImplementationVersion();
        return version == null ? "(built in place)" : version;
    }
}
