package dev.ostiary.sso;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.json.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code providerConfig}: what providers tell about themselves. They are asked side by side and waited for once, so a list
 * is never slower than {@link #PATIENCE}, however many providers are down; who answers later is there the next time.
 */
final class ProviderConfigs {
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    /** Failures too: a provider that is down is not asked by every page of an administrator. */
    private static final Duration REMEMBERED = Duration.ofSeconds(20);

    private static final int AT_ONCE = 32;
    /** Of one list; a list of thousands shows what is known already for the rest. */
    private static final int MOST_ASKED = 100;

    private record Asked(SsoProvider provider, String issuer) {
        static Optional<Asked> of(SsoConnector connector) {
            return connector.config() instanceof OidcConfig oidc
                    ? Optional.of(new Asked(connector.provider(), oidc.issuer()))
                    : Optional.empty();
        }
    }

    /** Asks a provider, or finds it in a cache: may take seconds, and fail. */
    @FunctionalInterface
    interface Endpoints {
        ObjectNode of(SsoProvider provider, OidcConfig config);
    }

    private final Cache<Asked, CompletableFuture<Optional<ObjectNode>>> asked = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(REMEMBERED)
            .build();
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Endpoints endpoints;
    private final Function<String, String> origin;

    /**
     * @param endpoints as the wire names them
     * @param origin of a tenant
     */
    ProviderConfigs(Endpoints endpoints, Function<String, String> origin) {
        this.endpoints = endpoints;
        this.origin = origin;
    }

    Optional<ObjectNode> of(String tenant, SsoConnector connector, boolean withSecret) {
        return Optional.ofNullable(of(tenant, List.of(connector), withSecret).get(connector.id()));
    }

    /** By the connectors' ids; without those whose provider has not answered. */
    Map<String, ObjectNode> of(String tenant, List<SsoConnector> connectors, boolean withSecret) {
        Map<Asked, OidcConfig> wanted = new LinkedHashMap<>();
        for (SsoConnector connector : connectors) {
            if (connector.config() instanceof OidcConfig oidc && wanted.size() < MOST_ASKED) {
                wanted.putIfAbsent(new Asked(connector.provider(), oidc.issuer()), oidc);
            }
        }
        await(wanted.entrySet().stream()
                .map(one -> ask(one.getKey(), one.getValue()))
                .toList());
        Map<String, ObjectNode> found = new HashMap<>();
        for (SsoConnector connector : connectors) {
            if (connector.config() instanceof OidcConfig oidc) {
                known(connector).ifPresent(told -> found.put(connector.id(), oidc(oidc, told, withSecret)));
            } else if (connector.provider().type() == ProviderType.SAML) {
                found.put(connector.id(), SamlProviderConfig.of(origin.apply(tenant), connector));
            }
        }
        return found;
    }

    /** It has been asked otherwise, and has answered. */
    void forget(SsoProvider provider, OidcConfig config) {
        asked.invalidate(new Asked(provider, config.issuer()));
    }

    private CompletableFuture<Optional<ObjectNode>> ask(Asked provider, OidcConfig config) {
        return asked.get(provider, unknown -> {
            CompletableFuture<Optional<ObjectNode>> answer = new CompletableFuture<>();
            Thread.ofVirtual().name("provider-config").start(() -> {
                turns.acquireUninterruptibly();
                try {
                    answer.complete(Optional.of(endpoints.of(provider.provider(), config)));
                } catch (RuntimeException e) {
                    // told by its absence
                } finally {
                    answer.complete(Optional.empty());
                    turns.release();
                }
            });
            return answer;
        });
    }

    private Optional<ObjectNode> known(SsoConnector connector) {
        return Asked.of(connector).map(asked::getIfPresent).flatMap(answer -> answer.getNow(Optional.empty()));
    }

    private static void await(List<CompletableFuture<Optional<ObjectNode>>> answers) {
        try {
            CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // what has come is used
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ObjectNode oidc(OidcConfig config, ObjectNode told, boolean withSecret) {
        ObjectNode document = Json.object().put("clientId", config.clientId());
        if (withSecret && !config.clientSecret().reveal().isEmpty()) {
            document.put(SsoConfigJson.SECRET, config.clientSecret().reveal());
        }
        document.put("issuer", config.issuer());
        document.put("scope", scope(config.scope()));
        document.put("trustUnverifiedEmail", config.trustUnverifiedEmail());
        document.setAll(told);
        return document;
    }

    /** The three that every sign-in asks for, then the administrator's. */
    private static String scope(String extra) {
        Set<String> scopes = new LinkedHashSet<>(List.of("openid", "profile", "email"));
        for (String scope : extra.split("[ +]")) {
            if (!scope.isEmpty()) {
                scopes.add(scope);
            }
        }
        return String.join(" ", scopes);
    }
}
