package dev.ostiary.sso;

/** What an administrator has agreed with the provider. Complete: a connector without it is a draft. */
public sealed interface SsoConfig permits OidcConfig, SamlConfig {}
