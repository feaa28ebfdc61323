package dev.ostiary.pages;

import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.tenants.Tenants;
import java.util.List;

/** {@code /demo-app}: a small client of one's own tenant, to try the sign-in with. */
final class DemoPages {
    private static final String CLIENT = "demo-app";

    private final Stages stages;
    private final Frames frames;
    private final Assets assets;
    private final Output output;

    DemoPages(Stages stages, Frames frames, Assets assets, Output output) {
        this.stages = stages;
        this.frames = frames;
        this.assets = assets;
        this.output = output;
    }

    Response show(Request request) {
        if (request.tenant().equals(Tenants.ADMIN)) {
            // Administrators are no audience for demonstrations.
            throw PageError.NO_SUCH_PAGE.exception();
        }
        Stage stage = stages.of(request, null);
        Frame frame = frames.of(stage, stage.say("demo.title"), List.of(assets.address("demo.js")));
        boolean registers = stage.settings().signInMode().allowsRegistration();
        return output.of(200, stage, frame, "demo", new DemoPage(frame, CLIENT, registers));
    }
}
