package dev.ostiary.crypto;

import java.security.Security;

/** Which implementation of the JCA the process uses. */
public final class CryptoProviders {
    private CryptoProviders() {}

    /**
     * Puts the Amazon Corretto provider first, before any key is loaded: an ES384 signature then costs a tenth of the
     * JDK's own. Safe to call more than once.
     *
     * @return the name of the provider in charge, for the log: {@code AmazonCorrettoCryptoProvider}, or the JDK's own
     *     where no binary exists for this platform
     */
    public static String install() {
        try {
            com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider.install();
            com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
        } catch (Throwable absent) {
            // A missing jar is a NoClassDefFoundError, a missing binary an UnsatisfiedLinkError wrapped in a provider
            // that is there but useless: take it out again, the JDK's own providers do the same work more slowly.
            Security.removeProvider("AmazonCorrettoCryptoProvider");
        }
        return Security.getProviders()[0].getName();
    }
}
