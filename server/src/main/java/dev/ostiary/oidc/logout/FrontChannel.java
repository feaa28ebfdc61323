package dev.ostiary.oidc.logout;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.Applications;
import dev.ostiary.oidc.Redirects;
import dev.ostiary.sessions.Session;
import dev.ostiary.tenants.Tenants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The addresses that a browser loads in frames so that applications notice the end of a session (OpenID Connect
 * Front-Channel Logout 1.0). Browsers that keep third-party cookies apart send none with them: who must know for certain
 * registers for the back channel.
 */
final class FrontChannel {
    /** More frames than this would keep the visitor waiting. */
    private static final int MOST = 50;

    private final Applications applications;
    private final Tenants tenants;

    FrontChannel(Applications applications, Tenants tenants) {
        this.applications = applications;
        this.tenants = tenants;
    }

    /**
     * Of the applications that the session has let in and that want it; registered ones only, as they are now. Metadata
     * documents have no such address: nobody who signs out waits until they are fetched.
     */
    List<String> addresses(String tenant, Session session) {
        return session.authorizations().entrySet().stream()
                .filter(entry -> !Applications.isUrl(entry.getKey()))
                .flatMap(entry -> applications.find(tenant, entry.getKey()).stream()
                        .flatMap(client ->
                                address(tenant, client, entry.getValue().sid())))
                .sorted()
                .limit(MOST)
                .toList();
    }

    private Stream<String> address(String tenant, Application client, String sid) {
        Optional<String> uri = client.oidcClientMetadata().frontchannelLogoutUri();
        boolean withSession =
                client.oidcClientMetadata().frontchannelLogoutSessionRequired().orElse(false);
        Map<String, String> params = new LinkedHashMap<>();
        if (withSession) {
            params.put("iss", tenants.issuer(tenant));
            params.put("sid", sid);
        }
        return uri
                .filter(client::mayFrame)
                .map(address -> Redirects.withQuery(address, params, Set.of("iss", "sid")))
                .stream();
    }
}
