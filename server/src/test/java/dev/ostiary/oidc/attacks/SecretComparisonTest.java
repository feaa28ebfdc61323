package dev.ostiary.oidc.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.ostiary.applications.Application;
import dev.ostiary.crypto.ConstantTime;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.testing.TestBrowser.Answer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How secrets are compared, read in the code: a stopwatch only ever tells that it noticed nothing. */
class SecretComparisonTest {
    /** What these compare is public: the name of an algorithm, the first bytes of a file, a known answer; or a key with itself. */
    private static final Set<String> OF_PUBLIC_BYTES = Set.of("Ed25519Signer", "CustomUiZip", "NativeArgon2", "Sealer");

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.ostiary");

    @Test
    void bytes_are_compared_in_constant_time_wherever_they_could_be_secret_rfc9700_2_5_CA3() {
        Set<String> byLeaving = new TreeSet<>();
        for (JavaClass one : PROGRAM) {
            for (JavaMethodCall call : one.getMethodCallsFromSelf()) {
                boolean ofBytes = call.getTarget().getRawParameterTypes().stream()
                        .anyMatch(type -> type.getName().equals("[B"));
                boolean leaves = call.getTargetOwner().isEquivalentTo(Arrays.class)
                        && Set.of("equals", "mismatch", "compare").contains(call.getName());
                if (ofBytes && leaves) {
                    byLeaving.add(one.getSimpleName());
                }
                if (call.getTargetOwner().isEquivalentTo(MessageDigest.class)
                        && call.getName().equals("isEqual")) {
                    assertThat(one.getSimpleName()).isEqualTo("ConstantTime");
                }
            }
        }
        assertThat(byLeaving).isSubsetOf(OF_PUBLIC_BYTES);
    }

    @Test
    void the_secret_of_a_client_is_compared_as_a_digest_in_constant_time_rfc9700_2_5_CA3() {
        List<JavaMethodCall> calls = PROGRAM.get(Application.class).getMethodCallsFromSelf().stream()
                .filter(call -> call.getOrigin().getName().equals("check"))
                .toList();
        assertThat(calls).anyMatch(call -> call.getTargetOwner().isEquivalentTo(ConstantTime.class));
        assertThat(calls).anyMatch(call -> call.getName().equals("sha256"));
        assertThat(calls).noneMatch(call -> call.getName().equals("equals"));
    }

    /** Ids of clients are public; of their secrets nothing is told but that one was wrong. */
    @Test
    void every_wrong_secret_gets_the_same_answer_rfc9700_2_5() {
        TestOidc oidc = TestOidc.shared();
        Client client = oidc.web();
        String near = client.secret().substring(0, client.secret().length() - 1);
        String first = wrong(oidc, client, "x");
        for (String guess : List.of(
                near,
                near + "_",
                client.secret() + "x",
                client.secret().toLowerCase(java.util.Locale.ROOT) + "_",
                " ")) {
            assertThat(wrong(oidc, client, guess)).as(guess).isEqualTo(first);
        }
    }

    private static String wrong(TestOidc oidc, Client client, String guess) {
        Answer answer = oidc.browser()
                .form(
                        "/oidc/token/introspection",
                        Map.of("token", "x"),
                        "Authorization",
                        Client.basic(client.id(), guess));
        assertThat(answer.status()).as(guess).isEqualTo(401);
        return answer.text() + answer.header("WWW-Authenticate").orElse("");
    }
}
