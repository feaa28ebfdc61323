/**
 * Enterprise SSO: connectors to the identity providers of companies, the e-mail domains that lead there, and the
 * accounts people have at them.
 *
 * <p>{@link dev.ostiary.sso.SsoConnectors} is the door to the connectors, {@link dev.ostiary.sso.SsoSignIn} sends a
 * visitor to a provider and reads what comes back, {@link dev.ostiary.sso.SsoIdentities} knows which user an account at
 * a provider belongs to, {@link dev.ostiary.sso.SsoTests} lets an administrator try a connector,
 * {@link dev.ostiary.sso.SsoConfigs} asks a provider before its configuration is stored. How a provider is spoken to is a
 * {@link dev.ostiary.sso.SsoProtocol}.
 *
 * <p>Tables {@code sso_connectors}, {@code sso_connector_domains}, {@code user_sso_identities}, {@code sso_token_sets},
 * {@code sso_tests}. URLs {@code /api/sso-connectors…}, {@code /api/sso-connector-providers},
 * {@code /api/users/{userId}/sso-identities/…} and {@code …/all-identities}. It does not decide whether SSO is switched on, nor who may sign in: that
 * is {@code experience}.
 */
@NullMarked
package dev.ostiary.sso;

import org.jspecify.annotations.NullMarked;
