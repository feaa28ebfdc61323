package dev.ostiary.pages;

import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.pages.ChooserPage.Choice;
import dev.ostiary.sso.SsoConnector;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /single-sign-on/connectors}: which of the providers that an address fits. */
final class SsoChooserPages {
    static final String PATH = "/single-sign-on/connectors";

    private final Kit kit;
    private final Departures departures;

    SsoChooserPages(Kit kit, Departures departures) {
        this.kit = kit;
        this.departures = departures;
    }

    Response show(Request request) {
        return kit.steps().show(request, visit -> {
            Stage stage = kit.stages().of(request, visit.interaction());
            // Only those of the visitor's own domain: who else signs in here is nobody's business.
            List<SsoConnector> fitting = departures.ofAddress(stage, stage.hint());
            return switch (fitting.size()) {
                case 0 -> kit.guard().toPage(stage, SsoEmailPages.PATH);
                case 1 -> departures.to(visit, stage, fitting.getFirst(), stage.hint());
                default -> page(stage, fitting);
            };
        });
    }

    private Response page(Stage stage, List<SsoConnector> fitting) {
        String heading = stage.say("sso.choose.heading");
        Frame frame = kit.frames().of(stage, heading);
        boolean dark = stage.settings().color().isDarkModeEnabled();
        List<Choice> choices = fitting.stream()
                .map(connector -> choice(stage, connector, dark))
                .toList();
        ChooserPage page = new ChooserPage(
                frame, heading, stage.hint(), choices, stage.say("sso.choose.back"), stage.address(SsoEmailPages.PATH));
        List<String> images = choices.stream()
                .flatMap(choice -> Stream.of(choice.logo(), choice.darkLogo()))
                .filter(Objects::nonNull)
                .toList();
        return kit.output().of(200, stage, frame, "chooser", page, images);
    }

    private static Choice choice(Stage stage, SsoConnector connector, boolean hasDarkLook) {
        String logo = image(connector.logo());
        String dark = hasDarkLook ? image(connector.darkLogo()) : null;
        return new Choice(
                connector.displayName(stage.phrases().language()),
                logo,
                Objects.equals(logo, dark) ? null : dark,
                stage.address(DirectPages.ssoPath(connector.id())));
    }

    private static @Nullable String image(String address) {
        return address.startsWith("data:image/") ? address : Legal.web(address);
    }
}
