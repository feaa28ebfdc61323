package dev.ostiary.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ostiary.testing.TestKeyStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who a server is, is proved by its certificate and by nothing else (RP3). */
@Timeout(60)
class CertificateTest {
    private static Path authority;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "-1d,good.example,true,",
        "-1d,good.example,false,TLS",
        "-400d,good.example,true,TLS",
        "-1d,other.example,true,TLS"
    })
    void a_certificate_counts_if_it_is_trusted_current_and_of_that_host_RP3(
            String from, String host, boolean trusted, @Nullable String fault) throws Exception {
        Path keys = generate(from, "dns:" + host);
        OutboundRules rules = OutboundRules.strict().allowing(List.of("127.0.0.1"));
        if (trusted) {
            rules = rules.trusting(Trust.read(export(keys)));
        }
        try (SSLServerSocket server = serve(keys);
                Outbound outbound = new Outbound(rules, name -> List.of(InetAddress.getByName("127.0.0.1")))) {
            URI uri = URI.create("https://good.example:" + server.getLocalPort() + "/");
            if (fault == null) {
                assertThat(outbound.get(uri, Map.of()).text()).isEqualTo("ok");
            } else {
                assertThat(catchThrowableOfType(OutboundException.class, () -> outbound.get(uri, Map.of()))
                                .fault())
                        .isEqualTo(Fault.valueOf(fault));
            }
        }
    }

    @BeforeAll
    static void generateAuthority(@TempDir Path shared) throws Exception {
        authority = shared.resolve("authority.p12");
        TestKeyStore.generate(authority, "authority", "-ext", "bc:c", "-startdate", "-500d", "-validity", "3000");
    }

    /** An authority and a server it vouches for, in one file. */
    private Path generate(String from, String san) throws Exception {
        Path file = Files.copy(authority, folder.resolve("keys.p12"));
        TestKeyStore.generate(
                file, "server", "-signer", "authority", "-ext", "san=" + san, "-startdate", from, "-validity", "30");
        return file;
    }

    private Path export(Path keys) throws Exception {
        byte[] certificate = TestKeyStore.load(keys).getCertificate("authority").getEncoded();
        return Files.writeString(
                folder.resolve("authority.pem"),
                "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate)
                        + "\n-----END CERTIFICATE-----\n");
    }

    private static SSLServerSocket serve(Path keys) throws Exception {
        KeyStore store = TestKeyStore.load(keys);
        store.deleteEntry("authority");
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, TestKeyStore.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        Thread.startVirtualThread(() -> {
            try (Socket socket = server.accept()) {
                socket.getInputStream().readNBytes(16);
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                socket.getInputStream().read(new byte[4096]);
            } catch (IOException refused) {
                // the client did not like the certificate
            }
        });
        return server;
    }
}
