package dev.ostiary.sso;

import dev.ostiary.json.InvalidValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which domains a connector may have. Two connectors may share one: the visitor chooses. */
final class DomainRules {
    /** Where anybody can have an address; the wire's list. */
    private static final Set<String> PUBLIC = Set.of(
            "gmail.com",
            "yahoo.com",
            "hotmail.com",
            "outlook.com",
            "live.com",
            "icloud.com",
            "aol.com",
            "yandex.com",
            "mail.com",
            "protonmail.com",
            "yanex.com",
            "gmx.com",
            "mail.ru",
            "zoho.com",
            "qq.com",
            "163.com",
            "126.com",
            "sina.com",
            "sohu.com");

    private DomainRules() {}

    /** @throws InvalidValue if one is no domain */
    static List<String> canonical(List<String> typed) {
        List<String> domains = new ArrayList<>(typed.size());
        for (int i = 0; i < typed.size(); i++) {
            int index = i;
            domains.add(EmailDomains.parse(typed.get(i))
                    .orElseThrow(() -> new InvalidValue("Must be a domain such as example.com", "domains", index)));
        }
        return Collections.unmodifiableList(domains);
    }

    /** @throws dev.ostiary.errors.AppException 422 {@code single_sign_on.forbidden_domains} and the like */
    static void check(List<String> domains) {
        List<String> forbidden =
                domains.stream().filter(PUBLIC::contains).distinct().toList();
        if (!forbidden.isEmpty()) {
            throw SsoError.FORBIDDEN_DOMAINS.exception(Map.of("data", forbidden));
        }
        Set<String> seen = new LinkedHashSet<>();
        List<String> repeated =
                domains.stream().filter(domain -> !seen.add(domain)).distinct().toList();
        if (!repeated.isEmpty()) {
            throw SsoError.DUPLICATED_DOMAINS.exception(Map.of("data", repeated));
        }
    }
}
