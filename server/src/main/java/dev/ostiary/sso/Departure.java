package dev.ostiary.sso;

import java.net.URI;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way to a provider.
 *
 * @param kept what {@link SsoProtocol#arrive} needs again (nonce, code verifier, redirect URI, …): stays on the server
 */
public record Departure(URI authorizationUri, ObjectNode kept) {}
