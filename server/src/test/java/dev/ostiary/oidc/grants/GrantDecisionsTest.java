package dev.ostiary.oidc.grants;

import static dev.ostiary.oidc.TestOidc.CHALLENGE;
import static dev.ostiary.oidc.TestOidc.member;
import static dev.ostiary.oidc.TestOidc.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.crypto.Jwt;
import dev.ostiary.oidc.TestOidc;
import dev.ostiary.oidc.TestOidc.Client;
import dev.ostiary.oidc.TestOrganizations;
import dev.ostiary.testing.TestBrowser.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** TK8: one table of rules goes through every grant there is, and the verdicts are equal. */
class GrantDecisionsTest {
    private static final String SCOPES =
            "openid offline_access profile urn:logto:scope:organizations read write invite:member";

    private static final TestOidc oidc = TestOidc.shared();
    private static final TestGrants grants = new TestGrants(oidc);
    private static final TestOrganizations organizations = new TestOrganizations(oidc);

    /** Ways to a token in the name of a user. Each signs in, lets time pass, and asks. */
    private enum Way {
        CODE {
            @Override
            Answer ask(World world, Runnable meanwhile, String... what) {
                String code = world.code();
                meanwhile.run();
                return grants.redeem(world.client, code, what);
            }
        },
        REFRESH {
            @Override
            Answer ask(World world, Runnable meanwhile, String... what) {
                String refresh = member(ok(grants.redeem(world.client, world.code())), "refresh_token");
                meanwhile.run();
                return oidc.refresh(world.client, refresh, what);
            }
        },
        ROTATION {
            @Override
            Client client() {
                return oidc.spa();
            }

            @Override
            Answer ask(World world, Runnable meanwhile, String... what) {
                return REFRESH.ask(world, meanwhile, what);
            }
        },
        DEVICE {
            @Override
            Client client() {
                return oidc.client("Native", "{\"isDeviceFlow\":true}");
            }

            @Override
            Answer ask(World world, Runnable meanwhile, String... what) {
                String code = world.deviceCode();
                meanwhile.run();
                return oidc.poll(world.client, code, what);
            }
        },
        EXCHANGE {
            @Override
            Client client() {
                return oidc.client("Traditional", "{\"allowTokenExchange\":true}");
            }

            @Override
            String expected(Rule rule) {
                return rule.name.startsWith("somebody else's application")
                        ? "400 invalid_request: requested grant type is not allowed for this client"
                        : rule.verdict;
            }

            @Override
            Answer ask(World world, Runnable meanwhile, String... what) {
                String token = oidc.personalAccessToken(world.holder);
                meanwhile.run();
                List<String> fields = new ArrayList<>(List.of("scope", SCOPES));
                fields.addAll(List.of(what));
                return oidc.exchange(
                        world.client,
                        token,
                        "urn:logto:token-type:personal_access_token",
                        fields.toArray(String[]::new));
            }
        };

        Client client() {
            return oidc.web();
        }

        /** The rule's verdict; what others own may not exchange at all. */
        String expected(Rule rule) {
            return rule.verdict;
        }

        abstract Answer ask(World world, Runnable meanwhile, String... what);
    }

    /** Somebody of their own for each case: a user, or a machine for the grant that has no user. */
    private static final class World {
        final Client client;
        final String holder;
        final String organization = organizations.organization("Acme");
        final String indicator;
        final String api;

        World(Client client, String holder) {
            this.client = client;
            this.holder = holder;
            this.indicator = "https://decided.example.com/" + holder;
            this.api = oidc.resource(indicator, "read", "write");
        }

        String code() {
            return oidc.code(client, holder, SCOPES, asked(), CHALLENGE);
        }

        String deviceCode() {
            return oidc.deviceCode(client, holder, SCOPES, asked());
        }

        private Map<String, Set<String>> asked() {
            Map<String, Set<String>> asked = new LinkedHashMap<>();
            asked.put("urn:logto:resource:organizations", Set.of("invite:member"));
            asked.put(indicator, Set.of("read", "write"));
            return asked;
        }

        /** Lets nobody into the application but this user. */
        void letIn() {
            oidc.update(
                    "UPDATE applications SET app_level_access_control_enabled = true"
                            + " WHERE tenant_id = :tenant AND id = :id",
                    Map.of("id", client.id()));
            oidc.update(
                    "INSERT INTO application_access_rules (tenant_id, application_id, user_id)"
                            + " VALUES (:tenant, :client, :user)",
                    Map.of("client", client.id(), "user", holder));
        }

        void turnAway() {
            oidc.update(
                    "DELETE FROM application_access_rules WHERE tenant_id = :tenant AND application_id = :client",
                    Map.of("client", client.id()));
        }

        void belongToOthers() {
            oidc.update(
                    "UPDATE applications SET is_third_party = true WHERE tenant_id = :tenant AND id = :id",
                    Map.of("id", client.id()));
        }

        void set(String assignment) {
            oidc.update(
                    "UPDATE users SET " + assignment + " WHERE tenant_id = :tenant AND id = :id", Map.of("id", holder));
        }
    }

    /**
     * @param given before the sign-in
     * @param meanwhile between the sign-in and the token
     * @param asked {@code api}, {@code organization}, both or nothing
     * @param machines whether it holds for machines too
     */
    private record Rule(
            String name,
            Consumer<World> given,
            Consumer<World> meanwhile,
            String asked,
            boolean machines,
            String verdict) {

        static Rule of(String name, String asked, String verdict) {
            return new Rule(name, world -> {}, world -> {}, asked, true, verdict);
        }

        Rule given(Consumer<World> more) {
            return new Rule(name, given.andThen(more), meanwhile, asked, machines, verdict);
        }

        Rule meanwhile(Consumer<World> more) {
            return new Rule(name, given, meanwhile.andThen(more), asked, machines, verdict);
        }

        Rule usersOnly() {
            return new Rule(name, given, meanwhile, asked, false, verdict);
        }
    }

    private static final String STRANGER = "403 access_denied: user is not a member of the organization";
    private static final String MFA = "403 access_denied: organization requires MFA but user has no MFA configured";

    private static final Consumer<World> JOINED = world -> organizations.join(world.organization, world.holder);
    private static final Consumer<World> INVITER =
            world -> organizations.permit(world.organization, world.holder, "invite:member");
    private static final Consumer<World> READS_FOR_IT =
            world -> organizations.permitAt(world.api, world.organization, world.holder, "read");
    private static final Consumer<World> WRITES = world -> oidc.permit(world.holder, world.api, "write");
    private static final Consumer<World> LEFT = world -> organizations.leave(world.organization, world.holder);

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        rules.add(Rule.of(
                        "nothing asked for",
                        "",
                        "opaque openid offline_access profile " + "urn:logto:scope:organizations")
                .usersOnly());
        rules.add(Rule.of("an API without a role", "api", "api "));
        rules.add(Rule.of("an API by a role", "api", "api write").given(WRITES));
        rules.add(
                Rule.of("an API by a role given meanwhile", "api", "api write").meanwhile(WRITES));
        rules.add(Rule.of("an API by a role taken meanwhile", "api", "api ")
                .given(WRITES)
                .meanwhile(world -> oidc.dropRoles(world.holder)));
        rules.add(Rule.of("an API by the role in an organization alone", "api", "api ")
                .given(JOINED)
                .given(READS_FOR_IT));
        rules.add(Rule.of("an organization of others", "organization", STRANGER));
        rules.add(Rule.of("an organization without a role", "organization", "organization ")
                .given(JOINED));
        rules.add(Rule.of("an organization by a role", "organization", "organization invite:member")
                .given(JOINED)
                .given(INVITER));
        rules.add(Rule.of("an organization left meanwhile", "organization", STRANGER)
                .given(JOINED)
                .given(INVITER)
                .meanwhile(LEFT));
        rules.add(Rule.of("an organization deleted meanwhile", "organization", STRANGER)
                .given(JOINED)
                .meanwhile(world -> organizations.delete(world.organization)));
        rules.add(Rule.of("an API for an organization", "api organization", "api read for it")
                .given(JOINED)
                .given(READS_FOR_IT)
                .given(WRITES));
        rules.add(Rule.of("an API for an organization of others", "api organization", STRANGER)
                .given(WRITES));
        rules.add(Rule.of("an API for an organization left meanwhile", "api organization", STRANGER)
                .given(JOINED)
                .given(READS_FOR_IT)
                .meanwhile(LEFT));
        rules.add(Rule.of("a second factor demanded meanwhile", "organization", MFA)
                .given(JOINED)
                .meanwhile(world -> organizations.requireMfa(world.organization))
                .usersOnly());
        rules.add(Rule.of("a second factor demanded, at an API", "api organization", MFA)
                .given(JOINED)
                .given(world -> organizations.requireMfa(world.organization))
                .usersOnly());
        rules.add(Rule.of("a second factor that is there", "organization", "organization ")
                .given(JOINED)
                .given(world -> organizations.requireMfa(world.organization))
                .given(world -> world.set("mfa_verifications = '[{\"type\":\"Totp\",\"id\":\"x\"}]'"))
                .usersOnly());
        for (String asked : List.of("", "api", "organization", "api organization")) {
            rules.add(Rule.of("suspended, " + asked, asked, "400 invalid_grant: grant request is invalid")
                    .given(JOINED)
                    .given(WRITES)
                    .meanwhile(world -> world.set("is_suspended = true"))
                    .usersOnly());
            rules.add(Rule.of(
                            "turned away from the application, " + asked,
                            asked,
                            "400 access_denied: the user is not allowed to use this application")
                    .given(JOINED)
                    .given(WRITES)
                    .given(World::letIn)
                    .meanwhile(World::turnAway)
                    .usersOnly());
        }
        rules.add(Rule.of("let into the application", "api", "api write")
                .given(WRITES)
                .given(World::letIn)
                .usersOnly());
        rules.add(Rule.of("somebody else's application at an API", "api", "api ")
                .given(WRITES)
                .given(World::belongToOthers)
                .usersOnly());
        rules.add(Rule.of(
                        "somebody else's application in an organization",
                        "organization",
                        "403 access_denied: organization access is not granted to the application")
                .given(JOINED)
                .given(INVITER)
                .given(World::belongToOthers)
                .usersOnly());
        return rules;
    }

    @Test
    void every_grant_of_a_user_obeys_the_same_rules() {
        for (Rule rule : rules()) {
            for (Way way : Way.values()) {
                World world = new World(way.client(), oidc.user("decided"));
                rule.given.accept(world);
                Answer answer = way.ask(world, () -> rule.meanwhile.accept(world), asked(rule, world));
                assertThat(verdict(answer, world)).as(way + ": " + rule.name).isEqualTo(way.expected(rule));
            }
        }
    }

    @Test
    void a_machine_obeys_them_too() {
        for (Rule rule : rules()) {
            if (rule.machines) {
                Client machine = oidc.machine();
                World world = new World(machine, machine.id());
                rule.given.andThen(rule.meanwhile).accept(world);
                List<String> form = new ArrayList<>(List.of("grant_type", "client_credentials", "scope", SCOPES));
                form.addAll(List.of(asked(rule, world)));
                Answer answer = oidc.token(world.client, form.toArray(String[]::new));
                String expected = rule.verdict.replace(
                        "user is not a member of the organization", "app has not associated with the organization");
                assertThat(verdict(answer, world)).as(rule.name).isEqualTo(expected);
            }
        }
    }

    private static String[] asked(Rule rule, World world) {
        List<String> fields = new ArrayList<>();
        if (rule.asked.contains("api")) {
            fields.addAll(List.of("resource", world.indicator));
        }
        if (rule.asked.contains("organization")) {
            fields.addAll(List.of("organization_id", world.organization));
        }
        return fields.toArray(String[]::new);
    }

    private static String verdict(Answer answer, World world) {
        JsonNode body = answer.json();
        if (answer.status() != 200) {
            return answer.status() + " " + body.get("error").asString() + ": "
                    + body.get("error_description").asString();
        }
        String token = member(answer, "access_token");
        if (token.length() == 43) {
            return "opaque " + member(answer, "scope");
        }
        Jwt jwt = oidc.verified(token, "at+jwt");
        assertThat(jwt.claims()).containsEntry("sub", world.holder).containsEntry("scope", member(answer, "scope"));
        boolean forIt = world.organization.equals(jwt.claims().get("organization_id"));
        String kind = world.indicator.equals(jwt.claims().get("aud"))
                ? "api"
                : ("urn:logto:organization:" + world.organization)
                                .equals(jwt.claims().get("aud"))
                        ? "organization"
                        : "unknown";
        return kind + " " + member(answer, "scope") + (forIt ? " for it" : "");
    }
}
