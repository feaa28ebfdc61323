package dev.ostiary.experience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.errors.AppException;
import dev.ostiary.testing.TestZip;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomUiZipTest {
    private static List<String> paths(byte[] archive) {
        return CustomUiZip.read(archive).stream().map(CustomUiFile::path).toList();
    }

    private static void refused(byte[] archive, String code, String why) {
        assertThatThrownBy(() -> CustomUiZip.read(archive)).isInstanceOfSatisfying(AppException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(String.valueOf(refusal.data()) + refusal.details()).contains(why);
        });
    }

    @Test
    void files_have_the_type_of_their_name_and_no_other() {
        byte[] archive = TestZip.of("index.html", "<p>", "assets/a.JS", "1", "x.php", "<html>", "LICENSE", "free");
        List<CustomUiFile> files = CustomUiZip.read(archive);
        assertThat(files.stream().map(CustomUiFile::contentType))
                .containsExactly(
                        "text/html; charset=utf-8",
                        "text/javascript; charset=utf-8",
                        "application/octet-stream",
                        "application/octet-stream");
        assertThat(files.getFirst().content()).isEqualTo("<p>".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void one_folder_around_everything_is_taken_off_and_what_systems_leave_behind_is_not_published() {
        byte[] archive = TestZip.of(
                "dist/",
                "",
                "dist/index.html",
                "a",
                "dist/js/a.js",
                "b",
                "__MACOSX/dist/._index.html",
                "",
                "dist/.env",
                "secret",
                ".DS_Store",
                "");
        assertThat(paths(archive)).containsExactly("index.html", "js/a.js");
    }

    @Test
    void without_an_index_at_the_top_there_is_no_page() {
        refused(TestZip.of("a.js", "", "b/index.html", ""), "guard.invalid_input", "index.html");
        refused(TestZip.of("a/b/index.html", ""), "guard.invalid_input", "index.html");
        refused(new TestZip().with("dist/", new byte[0]).bytes(), "guard.invalid_input", "index.html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../a.html",
                "a/../../b",
                "/etc/passwd",
                "a//b",
                "./a",
                "a/.",
                "..",
                "C:/a",
                "a/C:b",
                "x/a\\b",
                "x/..\\a",
                "a\0b",
                "a\nb",
                "../folder/"
            })
    void a_name_that_leads_elsewhere_is_refused(String name) {
        refused(TestZip.of("index.html", "", name, ""), "guard.invalid_input", "name in the archive");
    }

    @Test
    void links_doubles_and_names_without_end_are_refused() {
        byte[] link = new TestZip()
                .with("index.html", new byte[0])
                .withLink("passwords.txt", "/etc/passwd")
                .bytes();
        refused(link, "guard.invalid_input", "symbolic link");
        refused(TestZip.of("index.html", "a", "index.html", "b"), "guard.invalid_input", "same name");
        refused(TestZip.of("index.html", "", "a".repeat(513), ""), "guard.invalid_input", "longer");
    }

    @Test
    void an_archive_that_grows_too_far_is_refused_before_it_has() {
        byte[] noise = new byte[800_000];
        new Random(1).nextBytes(noise);
        TestZip large = new TestZip().with("index.html", noise);
        for (int i = 0; i < 52; i++) {
            large.with("big" + i, new byte[1 << 20]);
        }
        refused(large.bytes(), "guard.file_size_exceeded", "limit");
        // In a folder's entry and in what is not published too.
        refused(
                new TestZip()
                        .with("index.html", noise)
                        .with(".hidden", new byte[51 << 20])
                        .bytes(),
                "guard.file_size_exceeded",
                "limit");
        refused(new TestZip().with("index.html", new byte[5 << 20]).bytes(), "guard.invalid_input", "times its size");
        TestZip many = new TestZip();
        for (int i = 0; i < 10_001; i++) {
            many.with("f" + i, new byte[0]);
        }
        refused(many.bytes(), "guard.invalid_input", "entries");
    }

    @Test
    void what_is_no_archive_is_told_so() {
        for (String text : List.of("", "PK", "<html>", "Rar!\u001a\u0007")) {
            refused(text.getBytes(StandardCharsets.UTF_8), "guard.mime_type_not_allowed", "application/zip");
        }
        refused("PK\u0003\u0004 and nothing".getBytes(StandardCharsets.UTF_8), "guard.invalid_input", "directory");
        byte[] whole = TestZip.of("index.html", "<p>".repeat(100));
        refused(Arrays.copyOf(whole, whole.length - 30), "guard.invalid_input", "directory");
    }

    @Test
    void a_damaged_archive_is_read_or_refused_and_never_breaks_anything() {
        byte[] whole = TestZip.of("index.html", "<p>".repeat(50), "assets/app.js", "x".repeat(300), "a/b.css", "p{}");
        Random random = new Random(42);
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged =
                    random.nextInt(5) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int flips = random.nextInt(6); flips > 0 && damaged.length > 4; flips--) {
                damaged[4 + random.nextInt(damaged.length - 4)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(paths(damaged)).contains("index.html").noneMatch(path -> path.contains(".."));
            } catch (AppException refusal) {
                assertThat(refusal.status()).isEqualTo(400);
            }
        }
    }
}
