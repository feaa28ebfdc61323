package dev.ostiary.experience;

import java.net.URI;

/**
 * The way to an identity provider.
 *
 * @param verificationId the proof that begins here and is complete when the visitor is back
 */
public record SsoStart(URI authorizationUri, String verificationId) {}
