package dev.ostiary.sso;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connector that is to be made; everything in it has been checked. */
record NewSsoConnector(
        SsoProvider provider,
        String connectorName,
        @Nullable SsoConfig config,
        List<String> domains,
        SsoConnector.Branding branding,
        boolean syncProfile,
        boolean enableTokenStorage) {}
