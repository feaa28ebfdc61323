package dev.ostiary.http;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import java.nio.file.Path;

/** TLS for a listener from PEM files. */
public final class Certificates {
    private Certificates() {}

    /**
     * @param chain the certificate, then those that vouch for it
     * @param privateKey PKCS#8 ("BEGIN PRIVATE KEY")
     */
    public static Tls read(Path chain, Path privateKey) {
        Keys keys = Keys.builder()
                .pem(pem -> pem.key(Resource.create(privateKey)).certChain(Resource.create(chain)))
                .build();
        return Tls.builder()
                .privateKey(keys.privateKey().orElseThrow())
                .privateKeyCertChain(keys.certChain())
                .build();
    }
}
