package dev.ostiary.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that lead into the machine or its network, in every spelling (SS1, SS2). No socket is opened for any. */
class HostileAddressTest {
    private static final Map<String, List<String>> NAMES = Map.of(
            "public.example", List.of("93.184.216.34", "2606:2800:220:1::1"),
            "inside.example", List.of("10.0.0.1"),
            "half.example", List.of("93.184.216.34", "127.0.0.1"),
            "half6.example", List.of("93.184.216.34", "fd00::1"),
            "metadata.google.internal", List.of("169.254.169.254"),
            "nat64.example", List.of("64:ff9b::5db8:d822"),
            "idp.corp.example", List.of("10.1.2.3"),
            "localhost", List.of("127.0.0.1", "::1"));

    private static final Outbound GUARDED = outbound(OutboundRules.strict());
    private static final Outbound OPENED = outbound(
            OutboundRules.strict().allowing(List.of("10.0.0.0/24", "IDP.corp.example", "fd00:1::/32", "192.168.7.7")));

    @AfterAll
    static void close() {
        GUARDED.close();
        OPENED.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://127.255.255.254:8443/x",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://172.31.255.255/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://168.63.129.16/",
                "https://100.100.100.200/",
                "https://100.64.0.1/",
                "https://192.0.0.192/",
                "https://0.0.0.0/",
                "https://0.1.2.3/",
                "https://198.18.0.1/",
                "https://224.0.0.1/",
                "https://255.255.255.255/",
                "https://[::]/",
                "https://[::1]/",
                "https://[0:0:0:0:0:0:0:1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[::127.0.0.1]/",
                "https://[64:ff9b::127.0.0.1]/",
                "https://[64:ff9b::a00:1]/",
                "https://[64:ff9b:1::7f00:1]/",
                "https://[2002:7f00:1::]/",
                "https://[2002:5db8:d822::1]/",
                "https://[2001:0:5db8:d822::1]/",
                "https://[fe80::1]/",
                "https://[fc00::1]/",
                "https://[fd00:ec2::254]/",
                "https://[fec0::1]/",
                "https://[ff02::1]/",
                "https://[100::1]/",
                "https://localhost/",
                "https://LOCALHOST./",
                "https://inside.example/",
                "https://INSIDE.example.:8443/",
                "https://half.example/",
                "https://half6.example/",
                "https://metadata.google.internal/computeMetadata/v1/",
            })
    void private_addresses_are_refused_SS1(String address) {
        assertThat(fault(GUARDED, address)).isEqualTo(Fault.PRIVATE_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://2130706433/",
                "https://0177.0.0.1/",
                "https://00000177.1/",
                "https://0x7f000001/",
                "https://0x7f.0.0.1/",
                "https://127.1/",
                "https://127.0.0.1./",
                "https://127.0.1/",
                "https://1.2.3.4.5/",
                "https://256.1.1.1/",
                "https://[fe80::1%25eth0]/",
                "https://public.example@127.0.0.1/",
                "https://user:pass@public.example/",
                "https:///x",
                "https:public.example",
                "//public.example/",
                "public.example",
                "ftp://public.example/",
                "file:///etc/passwd",
                "gopher://public.example/",
                "jar:https://public.example/!/x",
                "https://public.example:0/",
                "https://a_b..c/",
            })
    void odd_spellings_are_refused_SS2(String address) {
        assertThat(fault(GUARDED, address)).isIn(Fault.NOT_A_URL, Fault.HOST_NOT_FOUND, Fault.PRIVATE_ADDRESS);
        assertThat(fault(GUARDED, address)).isNotEqualTo(Fault.HOST_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://public.example/",
                "https://PUBLIC.example.:8443/x?y",
                "https://93.184.216.34/",
                "https://[2606:2800:220:1::1]:9000/",
                "https://nat64.example/",
                "https://172.32.0.1/",
                "https://100.128.0.1/",
            })
    void public_addresses_may_be_asked_on_any_port(String address) {
        assertThatCode(() -> GUARDED.check(URI.create(address))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "https://idp.corp.example/,",
        "http://idp.corp.example:8080/,",
        "http://IDP.CORP.EXAMPLE./,",
        "http://10.0.0.9/,",
        "https://[fd00:1::5]/,",
        "https://192.168.7.7/,",
        "http://192.168.7.8/,PRIVATE_ADDRESS",
        "https://10.0.1.1/,PRIVATE_ADDRESS",
        "https://localhost/,PRIVATE_ADDRESS",
        "https://half.example/,PRIVATE_ADDRESS",
        "http://public.example/,NOT_HTTPS",
        "https://public.example/,",
    })
    void the_operator_opens_exactly_what_is_listed(String address, @Nullable String fault) {
        assertThat(faultOf(OPENED, address).map(Fault::name)).isEqualTo(Optional.ofNullable(fault));
    }

    @Test
    void plain_http_is_for_listed_hosts() {
        assertThat(fault(GUARDED, "http://public.example/")).isEqualTo(Fault.NOT_HTTPS);
        assertThat(fault(GUARDED, "http://inside.example/")).isEqualTo(Fault.PRIVATE_ADDRESS);
    }

    @Test
    void an_unknown_name_is_told_as_such() {
        assertThat(fault(GUARDED, "https://nowhere.example/")).isEqualTo(Fault.HOST_NOT_FOUND);
    }

    @Test
    void an_entry_of_the_list_that_is_neither_name_nor_network_is_refused() {
        for (String entry : List.of("10.0.0.0/33", "10.0.0/8", "http://x/", "a b", "0x7f.1", "::1/200", "*")) {
            assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> OutboundRules.strict()
                            .allowing(List.of(entry))))
                    .as(entry)
                    .isNotNull();
        }
    }

    private static Fault fault(Outbound outbound, String address) {
        return faultOf(outbound, address).orElseThrow();
    }

    private static Optional<Fault> faultOf(Outbound outbound, String address) {
        try {
            outbound.check(new URI(address));
            return Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.of(Fault.NOT_A_URL);
        } catch (OutboundException e) {
            return Optional.of(e.fault());
        }
    }

    private static Outbound outbound(OutboundRules rules) {
        return new Outbound(rules, host -> {
            if (!NAMES.containsKey(host)) {
                throw new UnknownHostException(host);
            }
            return NAMES.get(host).stream().map(HostileAddressTest::address).toList();
        });
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
