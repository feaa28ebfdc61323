package dev.ostiary.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.ostiary.testing.TestApi;
import dev.ostiary.testing.TestBrowser.Answer;
import dev.ostiary.testing.TestServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FactorRoutesTest {
    private static TestServer server;
    private static TestApi api;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String factorsOf(String username) {
        String id =
                api.created("/users", Map.of("username", username)).path("id").asString();
        return "/users/" + id + "/mfa-verifications";
    }

    private static Answer totp(String all) {
        return api.post(all, Map.of("type", "Totp"));
    }

    @Test
    void an_authenticator_app_reads_the_key_from_the_picture() throws Exception {
        JsonNode made = totp(factorsOf("app_owner")).json();
        String secret = made.path("secret").asString();
        assertThat(secret).matches("[A-Z2-7]{32}");
        String image = made.path("secretQrCode").asString();
        assertThat(image).startsWith("data:image/png;base64,");
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(
                Base64.getDecoder().decode(image.substring("data:image/png;base64,".length()))));
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
        String uri = new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
                .getText();
        String issuer = URI.create(server.origin()).getHost();
        assertThat(uri)
                .isEqualTo("otpauth://totp/" + issuer + ":app_owner?secret=" + secret
                        + "&period=30&digits=6&algorithm=SHA1&issuer=" + issuer);
    }

    /** RFC 4648 section 10. */
    @Test
    void keys_are_written_in_base32() {
        assertThat(TotpSecret.of("foobar".getBytes(StandardCharsets.US_ASCII)).base32())
                .isEqualTo("MZXW6YTBOI");
        assertThat(TotpSecret.of("fooba".getBytes(StandardCharsets.US_ASCII)).base32())
                .isEqualTo("MZXW6YTB");
    }

    @Test
    void a_key_that_exists_is_imported_once() {
        String all = factorsOf("importer");
        assertThat(api.post(all, Map.of("type", "Totp", "secret", "not base32!!!!!!!"))
                        .code())
                .isEqualTo("user.totp_secret_invalid");
        assertThat(api.post(all, Map.of("type", "Totp", "secret", "ABCD")).status())
                .isEqualTo(422);
        Answer made = api.post(all, Map.of("type", "Totp", "secret", "JBSWY3DPEHPK3PXP"));
        assertThat(made.json().path("secret").asString()).isEqualTo("JBSWY3DPEHPK3PXP");
        assertThat(totp(all).code()).isEqualTo("user.totp_already_in_use");
        JsonNode listed = api.get(all).json();
        assertThat(listed).hasSize(1);
        assertThat(listed.toString()).contains("\"type\":\"Totp\"").doesNotContain("JBSWY3DPEHPK3PXP");
        String stored = server.app().database().read("default", tx -> tx.query(
                        "SELECT mfa_verifications::text FROM users WHERE username = 'importer'")
                .mapTo(String.class)
                .one());
        assertThat(stored).doesNotContain("JBSWY3DPEHPK3PXP");
    }

    @Test
    void of_two_apps_added_at_once_one_is_refused() throws Exception {
        String all = factorsOf("racer");
        Callable<Integer> add = () -> totp(all).status();
        try (var threads = Executors.newFixedThreadPool(2)) {
            assertThat(threads.invokeAll(List.of(add, add)).stream()
                            .map(Future::resultNow)
                            .toList())
                    .containsExactlyInAnyOrder(200, 422);
        }
        assertThat(api.get(all).json()).hasSize(1);
    }

    @Test
    void backup_codes_stand_beside_another_factor_and_go_with_the_last() {
        String all = factorsOf("careful");
        Map<String, String> backup = Map.of("type", "BackupCode");
        assertThat(api.post(all, backup).code()).isEqualTo("session.mfa.backup_code_can_not_be_alone");
        totp(all);
        List<String> wrong = Collections.nCopies(10, "0123456789");
        assertThat(api.post(all, Map.of("type", "BackupCode", "codes", wrong)).code())
                .isEqualTo("user.wrong_backup_code_format");
        List<String> own = IntStream.range(0, 10).mapToObj(i -> "abcdef012" + i).toList();
        Answer made = api.post(all, Map.of("type", "BackupCode", "codes", own));
        assertThat(made.json().path("codes")).hasSize(10);
        assertThat(api.post(all, backup).code()).isEqualTo("user.backup_code_already_in_use");
        JsonNode listed = api.get(all).json();
        assertThat(listed.at("/1/remainCodes").asInt()).isEqualTo(10);
        assertThat(listed.toString()).doesNotContain("abcdef0120");
        assertThat(api.delete(all + "/" + listed.at("/0/id").asString()).status())
                .isEqualTo(204);
        assertThat(api.get(all).json()).isEmpty();
    }

    @Test
    void generated_backup_codes_are_ten_different_ones() {
        String all = factorsOf("generated");
        totp(all);
        JsonNode codes = api.post(all, Map.of("type", "BackupCode")).json().path("codes");
        assertThat(codes.valueStream().map(JsonNode::asString).distinct())
                .hasSize(10)
                .allMatch(c -> c.matches("[0-9a-f]{10}"));
    }

    @Test
    void what_is_not_there_is_404_and_passkeys_are_not_made_for_others() {
        String all = factorsOf("nothing");
        assertThat(api.delete(all + "/unknown").code()).isEqualTo("entity.not_found");
        assertThat(api.get("/users/nobody/mfa-verifications").status()).isEqualTo(404);
        assertThat(totp("/users/nobody/mfa-verifications").status()).isEqualTo(404);
        assertThat(api.post(all, Map.of("type", "WebAuthn")).status()).isEqualTo(400);
    }
}
