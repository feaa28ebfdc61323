package dev.ostiary.sso.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ostiary.base.Ids;
import dev.ostiary.crypto.JwtVerifier;
import dev.ostiary.crypto.Sealer;
import dev.ostiary.crypto.Secret;
import dev.ostiary.db.Database;
import dev.ostiary.errors.AppException;
import dev.ostiary.events.Changes;
import dev.ostiary.keys.Keys;
import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundRules;
import dev.ostiary.sso.ClientAuthenticationMethod;
import dev.ostiary.sso.Departing;
import dev.ostiary.sso.Departure;
import dev.ostiary.sso.OidcConfig;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoFault;
import dev.ostiary.sso.SsoProfile;
import dev.ostiary.sso.SsoProvider;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.testing.MovableClock;
import dev.ostiary.testing.TestPostgres;
import dev.ostiary.testing.TestProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.function.Executable;

/** Our side of a sign-in with a {@link TestProvider}, without the program around it. */
final class RelyingParty implements AutoCloseable {
    static final String CALLBACK = "https://id.example.com/callback/con123";

    final MovableClock clock = new MovableClock();
    final Discovery discovery;
    final OidcProtocol protocol;
    final Keys keys;
    private final Outbound outbound;
    private final Database database;
    private final Changes changes;

    RelyingParty() {
        database = new Database(TestPostgres.freshDatabase().settings());
        changes = new Changes(database);
        keys = new Keys(database, Sealer.fromKek(Sealer.newKek()), changes, clock);
        database.run("*", tx -> tx.update("INSERT INTO tenants (id) VALUES ('default') ON CONFLICT DO NOTHING")
                .execute());
        keys.seed(Tenants.DEFAULT);
        outbound = new Outbound(OutboundRules.strict()
                .allowing(List.of("127.0.0.1"))
                .within(Duration.ofSeconds(2), Duration.ofSeconds(2)));
        discovery = new Discovery(outbound, clock);
        protocol = new OidcProtocol(discovery, outbound, keys, new JwtVerifier(clock), Ids.secure(), clock);
    }

    static SsoConnector connector(TestProvider provider) {
        return connector(SsoProvider.OIDC, provider, provider.issuer());
    }

    static SsoConnector connector(SsoProvider kind, TestProvider provider, String issuer) {
        return connector(kind, config(provider, issuer, "", false, Optional.empty()));
    }

    static OidcConfig config(
            TestProvider provider,
            String issuer,
            String scope,
            boolean trustUnverified,
            Optional<ClientAuthenticationMethod> method) {
        return new OidcConfig(
                provider.clientId, new Secret(provider.clientSecret), issuer, scope, trustUnverified, false, method);
    }

    static SsoConnector connector(SsoProvider kind, OidcConfig config) {
        return new SsoConnector(
                "con123",
                kind,
                "Acme",
                config,
                List.of("acme.test"),
                new SsoConnector.Branding(Optional.empty(), Optional.empty(), Optional.empty()),
                false,
                true,
                Instant.EPOCH);
    }

    Departure depart(SsoConnector connector) {
        return protocol.depart(
                new Departing(Tenants.DEFAULT, connector, "state-1", CALLBACK, Optional.of("ada@acme.test")));
    }

    /** There and back. */
    SsoProfile signIn(SsoConnector connector, TestProvider provider) {
        Departure departure = depart(connector);
        Map<String, String> answer = provider.visit(departure.authorizationUri());
        return protocol.arrive(connector, Tenants.DEFAULT, departure.kept(), answer);
    }

    SsoFault refusalOf(SsoConnector connector, TestProvider provider) {
        return refusal(() -> signIn(connector, provider));
    }

    /** The fault, of an error that the wire knows as one of connectors. */
    static SsoFault refusal(Executable attempt) {
        AppException e = catchThrowableOfType(AppException.class, attempt::execute);
        assertThat(e).as("no refusal").isNotNull();
        assertThat(e.code()).startsWith("connector.");
        Map<?, ?> data = (Map<?, ?>) Objects.requireNonNull(e.data());
        return SsoFault.valueOf(String.valueOf(data.get("fault")).toUpperCase(Locale.ROOT));
    }

    @Override
    public void close() {
        outbound.close();
        changes.close();
        database.close();
    }
}
