package dev.ostiary.experience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.json.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Looks laid over each other. */
class OverlayTest {
    private static final SignInExperience TENANT = SignInExperience.of(
            "default",
            object(
                    """
            {"color": {"primaryColor": "#111111", "isDarkModeEnabled": true, "darkPrimaryColor": "#222222"},
             "branding": {"logoUrl": "https://t.test/l.png", "darkLogoUrl": "https://t.test/d.png",
                          "favicon": "https://t.test/i.png"},
             "customCss": "body{}", "termsOfUseUrl": "https://t.test/terms"}"""));

    private static ObjectNode object(String json) {
        return (ObjectNode) Json.read(json);
    }

    private static Overlay overlay(String color, String branding, @Nullable String css) {
        return new Overlay("Acme", object(color), object(branding), css, null, null);
    }

    @Test
    void what_is_not_set_stays() {
        assertThat(Overlay.NONE.over(TENANT)).isEqualTo(TENANT);
        assertThat(overlay("{}", "{}", " ").over(TENANT)).isEqualTo(TENANT);
    }

    @Test
    void a_logo_and_its_dark_twin_come_and_go_together() {
        SignInExperience dressed =
                overlay("{}", "{\"logoUrl\": \"https://a.test/l.png\"}", null).over(TENANT);
        assertThat(dressed.branding().logoUrl()).contains("https://a.test/l.png");
        assertThat(dressed.branding().darkLogoUrl()).isEmpty();
        assertThat(dressed.branding().favicon()).contains("https://t.test/i.png");
    }

    @Test
    void a_colour_serves_the_dark_look_too_unless_it_has_its_own() {
        assertThat(overlay("{\"primaryColor\": \"#abc\"}", "{}", null)
                        .over(TENANT)
                        .color())
                .isEqualTo(new SignInExperience.Color("#abc", true, "#abc"));
        assertThat(overlay("{\"isDarkModeEnabled\": false}", "{}", null)
                        .over(TENANT)
                        .color())
                .isEqualTo(new SignInExperience.Color("#111111", false, "#222222"));
    }

    @Test
    void what_is_no_colour_and_no_address_is_not_shown() {
        SignInExperience dressed = overlay(
                        "{\"primaryColor\": \"red;}body{display:none\"}",
                        "{\"logoUrl\": \"javascript:alert(1)\", \"favicon\": 7}",
                        "h1{color:red}")
                .over(TENANT);
        assertThat(dressed.color()).isEqualTo(TENANT.color());
        assertThat(dressed.branding()).isEqualTo(TENANT.branding());
        assertThat(dressed.customCss()).isEqualTo("h1{color:red}");
    }

    @Test
    void the_organization_comes_over_the_application_and_that_over_the_tenant() {
        Overlay application =
                overlay("{\"primaryColor\": \"#0a0\"}", "{\"favicon\": \"https://app.test/i.png\"}", "app");
        Overlay organization = overlay("{\"primaryColor\": \"#00b\"}", "{}", null);
        SignInExperience dressed = organization.over(application.over(TENANT));
        assertThat(dressed.color().primaryColor()).isEqualTo("#00b");
        assertThat(dressed.branding().favicon()).isEqualTo(Optional.of("https://app.test/i.png"));
        assertThat(dressed.customCss()).isEqualTo("app");
    }
}
