package dev.ostiary.experience;

import dev.ostiary.crypto.Secret;
import dev.ostiary.errors.ErrorCode;
import dev.ostiary.json.Json;
import dev.ostiary.sso.Departing;
import dev.ostiary.sso.Departure;
import dev.ostiary.sso.OidcConfig;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoProfile;
import dev.ostiary.sso.SsoProtocol;
import dev.ostiary.sso.TokenSet;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ObjectNode;

/** A protocol whose codes are what a test says they are: each good once, at the connector it was issued for. */
final class ProviderStandIn implements SsoProtocol {
    enum Refusal implements ErrorCode {
        AUTHORIZATION_FAILED;

        @Override
        public String code() {
            return "connector.authorization_failed";
        }

        @Override
        public int status() {
            return 500;
        }
    }

    /** Who has signed in at the provider. */
    record Person(String subject, Optional<String> email, Optional<String> name, Optional<String> avatar) {
        static Person of(String subject, String email) {
            return new Person(subject, Optional.of(email), Optional.of(subject + " by name"), Optional.empty());
        }

        /** One whose provider does not say that the address is his. */
        static Person unproven(String subject) {
            return new Person(subject, Optional.empty(), Optional.of(subject), Optional.empty());
        }

        Person called(String newName) {
            return new Person(subject, email, Optional.of(newName), avatar);
        }

        Person with(String picture) {
            return new Person(subject, email, name, Optional.of(picture));
        }
    }

    private record Issued(String connectorId, Person person) {}

    private final Map<String, Issued> codes = new ConcurrentHashMap<>();
    private final AtomicInteger counter = new AtomicInteger();
    final AtomicInteger departures = new AtomicInteger();

    /** The person signs in; the code is what the callback brings. */
    String code(SsoConnector connector, Person person) {
        String code = "code-" + counter.incrementAndGet();
        codes.put(code, new Issued(connector.id(), person));
        return code;
    }

    @Override
    public Departure depart(Departing d) {
        departures.incrementAndGet();
        ObjectNode kept = Json.object();
        kept.put("nonce", "nonce-" + d.state()).put("codeVerifier", "verifier-" + d.state());
        String hint = d.loginHint().map(mail -> "&login_hint=" + mail).orElse("");
        return new Departure(
                URI.create("https://idp.test/authorize?client=" + d.connector().id() + "&state=" + d.state()
                        + "&redirect_uri=" + d.redirectUri() + hint),
                kept);
    }

    @Override
    public SsoProfile arrive(SsoConnector connector, String tenant, ObjectNode kept, Map<String, String> answer) {
        if (answer.containsKey("error")) {
            throw Refusal.AUTHORIZATION_FAILED.exception(Map.of("error", answer.get("error")));
        }
        Issued issued = codes.remove(Objects.requireNonNullElse(answer.get("code"), ""));
        if (issued == null
                || !issued.connectorId.equals(connector.id())
                || !kept.path("codeVerifier").asString().startsWith("verifier-")) {
            throw Refusal.AUTHORIZATION_FAILED.exception(Map.of("error", "invalid_grant"));
        }
        Person person = issued.person;
        ObjectNode detail = Json.object().put("id", person.subject);
        TokenSet tokens = new TokenSet(
                new Secret("access-" + person.subject),
                Optional.of(new Secret("refresh-" + person.subject)),
                Optional.of(Instant.parse("2027-01-01T00:00:00Z")),
                "openid profile email");
        return new SsoProfile(
                ((OidcConfig) Objects.requireNonNull(connector.config())).issuer(),
                person.subject,
                person.email,
                Optional.empty(),
                person.name,
                person.avatar,
                Optional.empty(),
                detail,
                Optional.of(tokens));
    }
}
