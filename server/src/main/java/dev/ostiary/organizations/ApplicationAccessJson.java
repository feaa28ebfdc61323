package dev.ostiary.organizations;

import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Wire shapes of who may use an application. */
final class ApplicationAccessJson {
    /** Of each kind; of the pairs too. */
    static final int MOST = 1000;

    private ApplicationAccessJson() {}

    record Replace(
            @Size(max = MOST) List<String> userIds,
            @Size(max = MOST) List<String> userRoleIds,
            @Size(max = MOST) List<String> organizationIds,
            @Size(max = MOST) List<InOrganization> organizationRoleRules) {

        List<ApplicationAccessRule> rules() {
            return Stream.of(
                            userIds.stream().map(id -> new ApplicationAccessRule(id, null, null, null)),
                            userRoleIds.stream().map(id -> new ApplicationAccessRule(null, id, null, null)),
                            organizationIds.stream().map(id -> new ApplicationAccessRule(null, null, id, null)),
                            organizationRoleRules.stream().flatMap(rule -> rule.organizationRoleIds().stream()
                                    .map(role -> new ApplicationAccessRule(null, null, rule.organizationId(), role))))
                    .flatMap(rules -> rules)
                    .distinct()
                    .toList();
        }
    }

    record InOrganization(String organizationId, @Size(min = 1, max = MOST) List<String> organizationRoleIds) {}

    record Rules(
            List<String> userIds,
            List<String> userRoleIds,
            List<String> organizationIds,
            List<InOrganization> organizationRoleRules) {

        static Rules of(List<ApplicationAccessRule> rules) {
            List<String> users = new ArrayList<>();
            List<String> roles = new ArrayList<>();
            List<String> organizations = new ArrayList<>();
            Map<String, List<String>> inOrganizations = new LinkedHashMap<>();
            for (ApplicationAccessRule rule : rules) {
                if (rule.userId() != null) {
                    users.add(rule.userId());
                } else if (rule.roleId() != null) {
                    roles.add(rule.roleId());
                } else if (rule.organizationRoleId() == null) {
                    organizations.add(Objects.requireNonNull(rule.organizationId()));
                } else {
                    inOrganizations
                            .computeIfAbsent(Objects.requireNonNull(rule.organizationId()), id -> new ArrayList<>())
                            .add(rule.organizationRoleId());
                }
            }
            return new Rules(
                    users,
                    roles,
                    organizations,
                    inOrganizations.entrySet().stream()
                            .map(entry -> new InOrganization(entry.getKey(), entry.getValue()))
                            .toList());
        }
    }
}
