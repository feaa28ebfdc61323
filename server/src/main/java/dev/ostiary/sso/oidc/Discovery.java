package dev.ostiary.sso.oidc;

import dev.ostiary.crypto.JoseException;
import dev.ostiary.crypto.KeySet;
import dev.ostiary.errors.AppException;
import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundAnswer;
import dev.ostiary.net.OutboundException;
import dev.ostiary.net.Remembered;
import dev.ostiary.sso.OidcConfig;
import dev.ostiary.sso.SsoError;
import dev.ostiary.sso.SsoFault;
import dev.ostiary.sso.SsoProvider;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What providers say of themselves: their metadata and keys, fetched once an hour and provider. While a provider cannot
 * be reached, what was fetched last goes on being used for a day.
 */
public final class Discovery {
    private static final int MOST_PROVIDERS = 10_000;

    private record Asked(SsoProvider provider, String issuer) {}

    private final Outbound outbound;
    private final Remembered<Asked, ProviderMetadata, Unusable> metadata;
    private final Remembered<URI, KeySet, Unusable> keys;

    public Discovery(Outbound outbound, Clock clock) {
        this.outbound = outbound;
        this.metadata = new Remembered<>(clock, MOST_PROVIDERS, Unusable.class);
        this.keys = new Remembered<>(clock, MOST_PROVIDERS, Unusable.class);
    }

    /**
     * Asks the provider now, for an administrator.
     *
     * @param typed issuer, or address of the metadata document, with or without a slash at the end
     * @throws AppException 400 {@code connector.invalid_config}, {@code data.fault} is a {@link SsoFault}
     */
    public ProviderMetadata fetch(SsoProvider provider, String typed) {
        try {
            ProviderMetadata found = ask(provider, typed);
            // What the metadata point to must be usable too, or the first sign-in would find out.
            outbound.check(found.tokenEndpoint());
            outbound.check(found.jwksUri());
            if (found.userinfoEndpoint().isPresent()) {
                outbound.check(found.userinfoEndpoint().get());
            }
            metadata.put(new Asked(provider, typed), found);
            metadata.put(new Asked(provider, found.issuerToStore()), found);
            return found;
        } catch (Unusable e) {
            throw refusal(typed, e);
        } catch (OutboundException e) {
            throw refusal(typed, new Unusable(SsoFault.of(e.fault())));
        }
    }

    /** From the cache, or asked for. */
    public ProviderMetadata find(SsoProvider provider, OidcConfig config) {
        try {
            return metadata.get(new Asked(provider, config.issuer()), asked -> ask(asked.provider, asked.issuer));
        } catch (Unusable e) {
            throw ConnectorError.INVALID_CONFIG.of(e.fault(), e.details());
        }
    }

    KeySet keys(ProviderMetadata provider) {
        try {
            return keys.get(provider.jwksUri(), this::askKeys);
        } catch (Unusable e) {
            throw ConnectorError.INVALID_CONFIG.of(e.fault(), e.details());
        }
    }

    /** After a token named an unknown key: asks again, at most once a minute. Else what is known already. */
    KeySet newerKeys(ProviderMetadata provider) {
        try {
            return keys.renewed(provider.jwksUri(), this::askKeys);
        } catch (Unusable e) {
            throw ConnectorError.INVALID_CONFIG.of(e.fault(), e.details());
        }
    }

    private ProviderMetadata ask(SsoProvider provider, String typed) throws Unusable {
        URI address = Issuers.metadata(typed).orElseThrow(() -> new Unusable(SsoFault.NOT_A_URL));
        return MetadataDocument.read(body(address), provider, typed);
    }

    private KeySet askKeys(URI address) throws Unusable {
        try {
            return KeySet.parse(body(address));
        } catch (JoseException e) {
            throw new Unusable(SsoFault.NOT_JSON);
        }
    }

    private String body(URI address) throws Unusable {
        OutboundAnswer answer;
        try {
            answer = outbound.get(address, Map.of());
        } catch (OutboundException e) {
            throw new Unusable(SsoFault.of(e.fault()));
        }
        if (answer.status() == 404 || answer.status() == 410) {
            throw new Unusable(SsoFault.NOT_FOUND);
        }
        if (answer.status() != 200) {
            throw new Unusable(SsoFault.HTTP_STATUS, Map.of("status", answer.status()));
        }
        return answer.text();
    }

    private static AppException refusal(String typed, Unusable e) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("ssoErrorCode", "invalid_config");
        data.put("config", Map.of("issuer", typed));
        data.put("message", e.isOfDocument() ? "invalid_config_response" : "fail_to_fetch_config");
        data.put("error", e.fault().text("en"));
        data.put("fault", e.fault().word());
        data.putAll(e.details());
        return SsoError.INVALID_CONFIG.exception(data);
    }
}
