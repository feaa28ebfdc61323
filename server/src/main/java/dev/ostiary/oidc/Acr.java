package dev.ostiary.oidc;

import java.util.List;

/**
 * Classes of authentication (OpenID Connect Core section 2, {@code acr}). There is one as yet: the user has proven who
 * they are by one factor, be it a password or an identity provider's word.
 */
public final class Acr {
    public static final String ONE_FACTOR = "urn:ostiary:acr:1fa";

    /** As the discovery document has them. */
    public static final List<String> SUPPORTED = List.of(ONE_FACTOR);

    private Acr() {}
}
