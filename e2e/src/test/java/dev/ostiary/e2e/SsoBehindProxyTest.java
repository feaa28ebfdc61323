package dev.ostiary.e2e;

import static dev.ostiary.e2e.Installation.told;
import static dev.ostiary.e2e.Installation.typeEmail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.e2e.Visitor.Place;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The callback is the address that browsers know (M38), and the provider accepts no other. */
class SsoBehindProxyTest {
    @Test
    void behind_a_proxy_the_callback_is_the_one_of_ENDPOINT() {
        int front = Ports.free();
        int back = Ports.free();
        String endpoint = "http://localhost:" + front;
        try (Proxy proxy = Proxy.start(front, back);
                Installation installation = Installation.start(
                        Map.of("ENDPOINT", endpoint, "PORT", Integer.toString(back), "TRUST_PROXY_HEADER", "true"));
                EntraStandIn entra = new EntraStandIn()) {
            FlaskProgram bookstore = installation.flask("Bookstore");
            String connector = installation.connect(
                    "AzureAdOidc", "Contoso", entra, "contoso.test", Map.of("trustUnverifiedEmail", true));
            assertThat(installation.callback(connector)).isEqualTo(endpoint + "/callback/" + connector);
            Visitor visitor = new Visitor("en");
            Place login = typeEmail(visitor, bookstore, "carla@contoso.test");
            Place home = entra.signIn(visitor, login, "carla@contoso.test");
            assertThat(told(home, "email")).isEqualTo("carla@contoso.test");
            assertThat(proxy.passed()).isPositive();
        }
    }
}
