package dev.ostiary.applications;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ostiary.applications.ConsentScopeStore.Row;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Wire shapes of what applications may ask users for. */
final class ConsentScopeJson {
    static final int MOST = 1000;

    private ConsentScopeJson() {}

    /** Scopes of the users' own data, as OpenID Connect and we name them. */
    enum UserScope {
        @JsonProperty("profile")
        PROFILE("profile"),
        @JsonProperty("email")
        EMAIL("email"),
        @JsonProperty("phone")
        PHONE("phone"),
        @JsonProperty("address")
        ADDRESS("address"),
        @JsonProperty("custom_data")
        CUSTOM_DATA("custom_data"),
        @JsonProperty("identities")
        IDENTITIES("identities"),
        @JsonProperty("roles")
        ROLES("roles"),
        @JsonProperty("urn:logto:scope:organizations")
        ORGANIZATIONS("urn:logto:scope:organizations"),
        @JsonProperty("urn:logto:scope:organization_roles")
        ORGANIZATION_ROLES("urn:logto:scope:organization_roles"),
        @JsonProperty("urn:logto:scope:sessions")
        SESSIONS("urn:logto:scope:sessions"),
        @JsonProperty("urn:logto:scope:trusted_devices")
        TRUSTED_DEVICES("urn:logto:scope:trusted_devices");

        private final String wire;

        UserScope(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }
    }

    record Add(
            Optional<@Size(max = MOST) List<String>> organizationScopes,
            Optional<@Size(max = MOST) List<String>> resourceScopes,
            Optional<@Size(max = MOST) List<String>> organizationResourceScopes,
            Optional<@Size(max = MOST) List<UserScope>> userScopes) {}

    record View(
            List<Permission> organizationScopes,
            List<OfResource> resourceScopes,
            List<OfResource> organizationResourceScopes,
            List<String> userScopes) {

        static View of(List<Row> rows) {
            return new View(
                    rows.stream()
                            .filter(row -> row.type() == ConsentScopeType.ORGANIZATION)
                            .map(Permission::of)
                            .toList(),
                    OfResource.of(rows, ConsentScopeType.RESOURCE),
                    OfResource.of(rows, ConsentScopeType.ORGANIZATION_RESOURCE),
                    rows.stream()
                            .filter(row -> row.type() == ConsentScopeType.USER)
                            .map(Row::name)
                            .toList());
        }
    }

    record Permission(String id, String name, @Nullable String description) {
        static Permission of(Row row) {
            return new Permission(Objects.requireNonNull(row.id()), row.name(), row.description());
        }
    }

    record Api(String id, String name, String indicator) {}

    record OfResource(Api resource, List<Permission> scopes) {
        static List<OfResource> of(List<Row> rows, ConsentScopeType type) {
            Map<Api, List<Permission>> byResource = new LinkedHashMap<>();
            for (Row row : rows) {
                if (row.type() == type) {
                    Api api = new Api(
                            Objects.requireNonNull(row.resourceId()),
                            Objects.requireNonNull(row.resourceName()),
                            Objects.requireNonNull(row.indicator()));
                    byResource.computeIfAbsent(api, key -> new ArrayList<>()).add(Permission.of(row));
                }
            }
            return byResource.entrySet().stream()
                    .map(entry -> new OfResource(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }
}
