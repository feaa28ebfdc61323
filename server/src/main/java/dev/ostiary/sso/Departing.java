package dev.ostiary.sso;

import java.util.Optional;

/**
 * A visitor who is about to go to a provider.
 *
 * @param state comes back with the answer; the caller binds it to the browser
 * @param redirectUri where the provider sends the visitor back to
 * @param loginHint the e-mail address that was typed already
 */
public record Departing(
        String tenant, SsoConnector connector, String state, String redirectUri, Optional<String> loginHint) {}
