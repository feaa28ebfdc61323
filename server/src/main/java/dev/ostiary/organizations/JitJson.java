package dev.ostiary.organizations;

import dev.ostiary.json.Shape;
import dev.ostiary.sso.EmailDomains;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;

/** Wire shapes of just-in-time joining. */
final class JitJson {
    private JitJson() {}

    record EmailDomain(String tenantId, String organizationId, String emailDomain) {}

    record NewEmailDomain(@Size(min = 1, max = 253) String emailDomain) {
        String canonical() {
            return JitJson.canonical(emailDomain, "emailDomain");
        }
    }

    record EmailDomainsOf(@Size(max = 1000) List<@Size(max = 253) String> emailDomains) {
        List<String> canonical() {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < emailDomains.size(); i++) {
                all.add(JitJson.canonical(emailDomains.get(i), "emailDomains", i));
            }
            return all;
        }
    }

    record RoleIds(@Size(min = 1, max = 1000) List<@Size(min = 1, max = 64) String> organizationRoleIds) {}

    record AnyRoleIds(@Size(max = 1000) List<@Size(min = 1, max = 64) String> organizationRoleIds) {}

    record ConnectorIds(@Size(min = 1, max = 1000) List<@Size(min = 1, max = 128) String> ssoConnectorIds) {}

    record AnyConnectorIds(@Size(max = 1000) List<@Size(min = 1, max = 128) String> ssoConnectorIds) {}

    /** In the one spelling in which addresses are compared; else a rule would never fit. */
    private static String canonical(String typed, Object... path) {
        return EmailDomains.parse(typed).orElseThrow(() -> Shape.invalid("Must be a domain such as example.com", path));
    }
}
