package dev.ostiary.pages;

import dev.ostiary.http.Response;
import dev.ostiary.tenants.Tenants;
import java.util.List;

/** From a page's record to the answer, with what browsers have to know about it. */
final class Output {
    private final Renderer renderer = new Renderer();
    private final Tenants tenants;

    Output(Tenants tenants) {
        this.tenants = tenants;
    }

    Response of(int status, Stage stage, Frame frame, String template, Object page) {
        return of(status, stage, frame, template, page, List.of());
    }

    /** @param images that the page shows besides those of the frame */
    Response of(int status, Stage stage, Frame frame, String template, Object page, List<String> images) {
        return PageHeaders.apply(
                Response.html(status, renderer.render(template, page)),
                stage,
                frame.look(),
                images,
                tenants.origin(Tenants.ADMIN));
    }

    /** Without a stage: settings could not be read. */
    Response plain(int status, String template, Object page) {
        return PageHeaders.plain(Response.html(status, renderer.render(template, page)));
    }
}
