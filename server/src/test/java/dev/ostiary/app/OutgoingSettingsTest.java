package dev.ostiary.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ostiary.net.Outbound;
import dev.ostiary.net.OutboundException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whom the program may ask, as the operator writes it. */
class OutgoingSettingsTest {
    @Test
    void by_default_nothing_private_may_be_asked() throws ConfigFaults {
        assertThat(Config.read(Map.of()).outgoing().breachedPasswords()).isEmpty();
        assertThat(isAllowed(Map.of(), "https://10.1.2.3")).isFalse();
        assertThat(isAllowed(Map.of(), "https://93.184.216.34")).isTrue();
    }

    @Test
    void networks_and_hosts_are_opened_by_name() throws ConfigFaults {
        Map<String, String> some = Map.of("OUTBOUND_ALLOWED_NETWORKS", "10.1.0.0/16, localhost,,fd00::/8");
        assertThat(isAllowed(some, "http://10.1.2.3:8080/realms/acme")).isTrue();
        assertThat(isAllowed(some, "http://localhost:9000")).isTrue();
        assertThat(isAllowed(some, "https://[fd00::1]")).isTrue();
        assertThat(isAllowed(some, "https://10.2.0.1")).isFalse();
        assertThat(isAllowed(Map.of("OIDC_PROVIDER_SSRF_PROTECTION_DISABLED", "true"), "http://127.0.0.1"))
                .isTrue();
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        ConfigFaults faults = catchThrowableOfType(
                ConfigFaults.class,
                () -> Config.read(Map.of(
                        "OUTBOUND_ALLOWED_NETWORKS", "10.0.0.0/99,http://x/",
                        "OUTBOUND_TRUSTED_CERTIFICATES", "/nowhere/at-all.pem",
                        "BREACHED_PASSWORDS_URL", "pwned.example")));
        assertThat(faults.getMessage())
                .contains("10.0.0.0/99")
                .contains("http://x/")
                .contains("OUTBOUND_TRUSTED_CERTIFICATES")
                .contains("BREACHED_PASSWORDS_URL");
    }

    private static boolean isAllowed(Map<String, String> environment, String address) throws ConfigFaults {
        try (Outbound outbound =
                new Outbound(Config.read(environment).outgoing().rules())) {
            outbound.check(URI.create(address));
            return true;
        } catch (OutboundException e) {
            return false;
        }
    }
}
