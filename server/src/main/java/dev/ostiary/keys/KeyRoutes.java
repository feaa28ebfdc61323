package dev.ostiary.keys;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ostiary.crypto.Secret;
import dev.ostiary.crypto.SigningKey;
import dev.ostiary.crypto.SigningKey.Type;
import dev.ostiary.db.Database;
import dev.ostiary.errors.AppException;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Shape;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /configs/oidc/private-keys} and {@code /configs/oidc/cookie-keys} of the Management API. */
public final class KeyRoutes {
    private static final String TAG = "Configs";
    private static final String COOKIE_KEYS = "cookie-keys";
    private static final long LONGEST_GRACE = 365L * 24 * 3600;

    private final Database database;
    private final Keys keys;
    private final CookieKeys cookieKeys;
    private final Events events;
    private final Duration defaultGrace;

    /** @param defaultGrace of a rotation that names none */
    public KeyRoutes(Database database, Keys keys, CookieKeys cookieKeys, Events events, Duration defaultGrace) {
        this.database = database;
        this.keys = keys;
        this.cookieKeys = cookieKeys;
        this.events = events;
        this.defaultGrace = defaultGrace;
    }

    /** The wire's two words, and ours for each kind there is. */
    enum Algorithm {
        @JsonProperty("EC")
        EC(Type.EC_P384),
        @JsonProperty("RSA")
        RSA(Type.RSA_3072),
        @JsonProperty("P-256")
        P_256(Type.EC_P256),
        @JsonProperty("P-384")
        P_384(Type.EC_P384),
        @JsonProperty("P-521")
        P_521(Type.EC_P521),
        @JsonProperty("RSA-2048")
        RSA_2048(Type.RSA_2048),
        @JsonProperty("RSA-3072")
        RSA_3072(Type.RSA_3072),
        @JsonProperty("RSA-4096")
        RSA_4096(Type.RSA_4096),
        @JsonProperty("Ed25519")
        ED25519(Type.ED25519);

        private final Type type;

        Algorithm(Type type) {
            this.type = type;
        }

        Type type() {
            return type;
        }
    }

    /** @param rotationGracePeriod in seconds; private keys only, as is the algorithm */
    record Rotation(
            Optional<Algorithm> signingKeyAlgorithm, Optional<@Min(0) @Max(LONGEST_GRACE) Long> rotationGracePeriod) {}

    /** @param pem one unencrypted PKCS#8 block */
    record Import(
            @Size(min = 1, max = 16_384) String pem, Optional<@Min(0) @Max(LONGEST_GRACE) Long> rotationGracePeriod) {
        @Override
        public String toString() {
            return "Import[***]";
        }
    }

    /**
     * Times in seconds since the epoch.
     *
     * @param signingKeyAlgorithm the wire's word; it has none for Ed25519
     * @param algorithm of the signatures, {@code ES384}
     * @param kind of the key, {@code P-384}
     */
    record View(
            String id,
            long createdAt,
            Optional<String> signingKeyAlgorithm,
            Optional<String> algorithm,
            Optional<String> kind,
            Optional<KeyStatus> status,
            Optional<Long> effectiveAt) {

        static View of(KeyTimeline.Seen seen) {
            SigningKey key = seen.key().key();
            return new View(
                    key.kid(),
                    seen.key().createdAt().getEpochSecond(),
                    word(key.algorithm()),
                    Optional.of(key.algorithm()),
                    Optional.of(key.verificationKey().kind()),
                    Optional.of(seen.status()),
                    seen.effectiveAt().map(Instant::getEpochSecond));
        }

        private static Optional<String> word(String algorithm) {
            return algorithm.startsWith("ES")
                    ? Optional.of("EC")
                    : Optional.of("RSA").filter(rsa -> algorithm.startsWith("RS"));
        }

        static View of(CookieKeys.CookieKey key) {
            return new View(
                    key.id(),
                    key.createdAt().getEpochSecond(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    public void mount(Routes api) {
        api.get("/configs/oidc/{keyType}", this::list)
                .documented("GetOidcKeys", TAG)
                .answersList(200, View.class)
                .answers(400, 401, 403);
        api.delete("/configs/oidc/{keyType}/{keyId}", this::delete)
                .documented("DeleteOidcKey", TAG)
                .answers(204, 400, 401, 403, 404, 422);
        api.post("/configs/oidc/{keyType}/rotate", this::rotate)
                .documented("RotateOidcKeys", TAG)
                .takes(Rotation.class)
                .answersList(200, View.class)
                .answers(400, 401, 403, 422);
        api.post("/configs/oidc/private-keys/import", this::bring)
                .documented("ImportOidcPrivateKey", TAG)
                .takes(Import.class)
                .answersList(200, View.class)
                .answers(400, 401, 403, 422);
    }

    private Response list(Request request) {
        boolean cookies = isAboutCookies(request);
        List<View> views = database.read(
                request.tenant(),
                tx -> cookies
                        ? cookieKeys.list(tx).stream().map(View::of).toList()
                        : keys.list(tx).stream().map(View::of).toList());
        return Response.json(views);
    }

    private Response rotate(Request request) {
        Rotation wanted = request.body(Rotation.class);
        return isAboutCookies(request) ? rotateCookieKeys(request) : rotatePrivateKeys(request, wanted);
    }

    private Response rotatePrivateKeys(Request request, Rotation wanted) {
        SigningKey fresh = SigningKey.generate(
                wanted.signingKeyAlgorithm().orElse(Algorithm.EC).type());
        return rotateTo(request, fresh, wanted.rotationGracePeriod(), "SigningKey.Rotated");
    }

    /** A key that was made elsewhere: it takes the place that a rotation gives to a new one. */
    private Response bring(Request request) {
        Import wanted = request.body(Import.class);
        SigningKey key;
        try {
            key = SigningKey.imported(new Secret(wanted.pem()));
        } catch (IllegalArgumentException refused) {
            throw new AppException(KeyError.UNUSABLE, null, refused.getMessage());
        }
        return rotateTo(request, key, wanted.rotationGracePeriod(), "SigningKey.Imported");
    }

    private Response rotateTo(Request request, SigningKey fresh, Optional<Long> wanted, String event) {
        Duration grace = wanted.map(Duration::ofSeconds).orElse(defaultGrace);
        return Response.json(database.write(request.tenant(), tx -> {
            List<View> now =
                    keys.rotate(tx, fresh, grace).stream().map(View::of).toList();
            Event told = told(event, request, fresh.kid());
            events.publish(
                    tx, told.with("algorithm", fresh.algorithm()).with("rotationGracePeriod", grace.toSeconds()));
            return now;
        }));
    }

    private Response rotateCookieKeys(Request request) {
        return Response.json(database.write(request.tenant(), tx -> {
            List<View> now = cookieKeys.rotate(tx).stream().map(View::of).toList();
            events.publish(tx, told("CookieKey.Rotated", request, now.getFirst().id()));
            return now;
        }));
    }

    private Response delete(Request request) {
        boolean cookies = isAboutCookies(request);
        String id = request.param("keyId");
        database.run(request.tenant(), tx -> {
            if (cookies) {
                cookieKeys.delete(tx, id);
            } else {
                keys.delete(tx, id);
            }
            events.publish(tx, told(cookies ? "CookieKey.Deleted" : "SigningKey.Deleted", request, id));
        });
        return Response.noContent();
    }

    /** Who asked is in the entry of the request itself. */
    private static Event told(String key, Request request, String id) {
        return Event.of(key).from(request).with("keyId", id).with("requestId", request.id());
    }

    private static boolean isAboutCookies(Request request) {
        return switch (request.param("keyType")) {
            case COOKIE_KEYS -> true;
            case "private-keys" -> false;
            default -> throw Shape.invalid("Must be private-keys or cookie-keys", "keyType");
        };
    }
}
