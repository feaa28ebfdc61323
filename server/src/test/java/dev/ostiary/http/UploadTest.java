package dev.ostiary.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UploadTest {
    private static final String TYPE = "multipart/form-data; boundary=x";
    private static final String FILE = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\n"
            + "Content-Type: application/zip\r\n\r\ncontent\r\n";
    private static final String END = "--x--\r\n";

    private static Upload read(String type, byte[] body, int most) {
        Request request = new Request(
                "POST",
                "/",
                "",
                new Site("default", "http://localhost:3001"),
                "r",
                "192.0.2.1",
                Map.of("Content-Type", type)::get,
                limit -> {
                    if (body.length > limit) {
                        throw CommonError.BODY_TOO_LARGE.exception();
                    }
                    return body;
                });
        return Upload.read(request, "file", most);
    }

    private static void refused(String code, String type, String body) {
        assertThatThrownBy(() -> read(type, body.getBytes(StandardCharsets.ISO_8859_1), 100))
                .isInstanceOfSatisfying(AppException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(code);
                    assertThat(refusal.status()).isEqualTo(400);
                });
    }

    @Test
    void the_file_comes_as_it_was_sent_and_other_fields_do_not_matter() {
        String other = "--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n";
        Upload upload = read(TYPE, (other + FILE + other + END).getBytes(StandardCharsets.UTF_8), 7);
        assertThat(upload.content()).isEqualTo("content".getBytes(StandardCharsets.UTF_8));
        assertThat(upload.contentType()).isEqualTo("application/zip");
    }

    @Test
    void what_is_no_form_with_one_file_is_refused() {
        refused("guard.invalid_input", "application/json", "{}");
        refused("guard.invalid_input", "multipart/form-data", FILE + END);
        refused("guard.invalid_input", "multipart/form-data; boundary=" + "b".repeat(9_000), FILE + END);
        refused("guard.invalid_input", TYPE, "");
        refused("guard.invalid_input", TYPE, END);
        refused("guard.invalid_input", TYPE, FILE);
        refused("guard.invalid_input", TYPE, FILE + FILE + END);
        refused("guard.invalid_input", TYPE, FILE.replace("\"file\"", "\"other\"") + END);
        refused("guard.invalid_input", TYPE, FILE.replace("; filename=\"a.zip\"", "") + END);
        refused("guard.invalid_input", TYPE, "--x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");
    }

    @Test
    void a_file_beyond_the_limit_is_refused_at_the_first_byte_too_many() {
        assertThatThrownBy(() -> read(TYPE, (FILE + END).getBytes(StandardCharsets.UTF_8), 6))
                .hasMessage("guard.file_size_exceeded");
        refused("guard.file_size_exceeded", TYPE, FILE.replace("content", "c".repeat(200_000)) + END);
    }

    @Test
    void a_damaged_form_is_read_or_refused_and_never_breaks_anything() {
        byte[] whole = (FILE + END).getBytes(StandardCharsets.UTF_8);
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = java.util.Arrays.copyOf(whole, whole.length - (i % 3 == 0 ? random.nextInt(60) : 0));
            for (int flips = random.nextInt(5); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                read(TYPE, damaged, 100);
            } catch (AppException refusal) {
                assertThat(refusal.status()).isEqualTo(400);
            }
        }
    }
}
