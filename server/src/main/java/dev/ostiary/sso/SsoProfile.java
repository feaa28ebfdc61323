package dev.ostiary.sso;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who came back from a provider.
 *
 * @param issuer of the connector's configuration; with {@code identityId} it names the account for good
 * @param email verified by the provider, or trusted by the administrator: may link to an existing user
 * @param unverifiedEmail told by the provider, and no proof of anything
 * @param detail the wire's user info, camel case
 * @param tokens if the provider issued any that may be kept
 */
public record SsoProfile(
        String issuer,
        String identityId,
        Optional<String> email,
        Optional<String> unverifiedEmail,
        Optional<String> name,
        Optional<String> avatar,
        Optional<String> phone,
        ObjectNode detail,
        Optional<TokenSet> tokens) {}
