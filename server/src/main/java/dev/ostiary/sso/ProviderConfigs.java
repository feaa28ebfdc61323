package dev.ostiary.sso;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.json.Json;
import java.time.Duration;
import java.util.HashMap;
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

    private final Cache<String, CompletableFuture<Optional<ObjectNode>>> asked = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(REMEMBERED)
            .build();
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Function<String, Optional<ObjectNode>> ask;
    private final Function<String, String> origin;

    /**
     * @param ask endpoints of an issuer, as the wire names them; empty if it cannot be asked. May take seconds
     * @param origin of a tenant
     */
    ProviderConfigs(Function<String, Optional<ObjectNode>> ask, Function<String, String> origin) {
        this.ask = ask;
        this.origin = origin;
    }

    Optional<ObjectNode> of(String tenant, SsoConnector connector, boolean withSecret) {
        return Optional.ofNullable(of(tenant, List.of(connector), withSecret).get(connector.id()));
    }

    /** By the connectors' ids; without those whose provider has not answered. */
    Map<String, ObjectNode> of(String tenant, List<SsoConnector> connectors, boolean withSecret) {
        Set<String> issuers = new LinkedHashSet<>();
        for (SsoConnector connector : connectors) {
            if (connector.config() instanceof OidcConfig oidc && issuers.size() < MOST_ASKED) {
                issuers.add(oidc.issuer());
            }
        }
        await(issuers.stream().map(this::ask).toList());
        Map<String, ObjectNode> found = new HashMap<>();
        for (SsoConnector connector : connectors) {
            if (connector.config() instanceof OidcConfig oidc) {
                known(oidc.issuer()).ifPresent(told -> found.put(connector.id(), oidc(oidc, told, withSecret)));
            } else if (connector.provider().type() == ProviderType.SAML) {
                found.put(connector.id(), SamlProviderConfig.of(origin.apply(tenant), connector));
            }
        }
        return found;
    }

    private CompletableFuture<Optional<ObjectNode>> ask(String issuer) {
        return asked.get(issuer, unknown -> {
            CompletableFuture<Optional<ObjectNode>> answer = new CompletableFuture<>();
            Thread.ofVirtual().name("provider-config").start(() -> {
                turns.acquireUninterruptibly();
                try {
                    answer.complete(ask.apply(unknown));
                } catch (RuntimeException e) {
                    answer.complete(Optional.empty());
                } finally {
                    turns.release();
                }
            });
            return answer;
        });
    }

    private Optional<ObjectNode> known(String issuer) {
        CompletableFuture<Optional<ObjectNode>> answer = asked.getIfPresent(issuer);
        return answer == null ? Optional.empty() : answer.getNow(Optional.empty());
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
        if (withSecret) {
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
