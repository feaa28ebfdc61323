package dev.ostiary.sso;

import dev.ostiary.json.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** What an administrator enters at a SAML provider, and what is known of that provider. */
final class SamlProviderConfig {
    private SamlProviderConfig() {}

    static ObjectNode of(String origin, SsoConnector connector) {
        ObjectNode document = Json.object();
        document.putObject("defaultAttributeMapping")
                .put("id", "nameID")
                .put("email", "email")
                .put("name", "name");
        document.putObject("serviceProvider")
                .put("entityId", origin + "/enterprise-sso/" + connector.id())
                .put("assertionConsumerServiceUrl", origin + "/api/authn/single-sign-on/saml/" + connector.id());
        if (connector.config() instanceof SamlConfig saml
                && saml.x509Certificate().isPresent()) {
            String pem = saml.x509Certificate().get();
            X509Certificate certificate = certificate(pem);
            document.putObject("identityProvider")
                    .put("entityId", saml.entityId().orElse(""))
                    .put("signInEndpoint", saml.signInEndpoint().orElse(""))
                    .put("x509Certificate", pem)
                    .put("certificateExpiresAt", certificate.getNotAfter().getTime())
                    .put("isCertificateValid", isValid(certificate));
        }
        return document;
    }

    /**
     * @param text PEM, or its base64 alone
     * @throws dev.ostiary.errors.AppException 400 {@code connector.invalid_certificate}
     */
    static X509Certificate certificate(String text) {
        String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            byte[] der = Base64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | IllegalArgumentException e) {
            throw SsoError.INVALID_CERTIFICATE.exception();
        }
    }

    private static boolean isValid(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }
}
