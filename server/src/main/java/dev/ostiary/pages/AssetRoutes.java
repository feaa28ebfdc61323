package dev.ostiary.pages;

import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import java.util.Objects;

/** {@code /assets/pages/*}: our own files, and the style sheets that a tenant's settings make. */
final class AssetRoutes {
    private static final String CSS = "text/css; charset=utf-8";

    private final Assets assets;
    private final Stages stages;

    AssetRoutes(Assets assets, Stages stages) {
        this.assets = assets;
        this.stages = stages;
    }

    /** @param own where a tenant's own file of the same name goes first */
    void mount(Routes routes, Routes own) {
        routes.get(Assets.ROOT + "{file}", this::serve);
        own.get("/favicon.ico", this::favicon);
        own.get("/favicon.svg", this::favicon);
    }

    private Response serve(Request request) {
        String name = request.param("file");
        return assets.find(name).orElseGet(() -> {
            if (name.startsWith("theme.")) {
                return css("theme.css", name, Theme.css(stages.dressed(request).color(), Theme.Scheme.PREFERRED));
            }
            if (name.startsWith("custom.")) {
                return css(
                        "custom.css",
                        name,
                        Objects.requireNonNullElse(stages.dressed(request).customCss(), ""));
            }
            return Response.text(404, "Not Found");
        });
    }

    /** A page from before a change asks by the old name: it gets what there is now, not to be kept. */
    private static Response css(String name, String asked, String content) {
        boolean current = Assets.hashed(name, content).equals(asked);
        return Response.bytes(200, CSS, content.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .with("Cache-Control", current ? Assets.FOR_EVER : "no-cache")
                .with("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }

    private Response favicon(Request request) {
        return assets.find(assets.address("favicon.svg").substring(Assets.ROOT.length()))
                .orElseThrow(PageError.NO_SUCH_PAGE::exception)
                .with("Cache-Control", "public, max-age=86400");
    }
}
