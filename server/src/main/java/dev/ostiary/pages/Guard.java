package dev.ostiary.pages;

import dev.ostiary.experience.Looks;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.interactions.Interaction;

/** Where visitors go who are on the wrong page. */
final class Guard {
    static final String UNKNOWN_SESSION = "/unknown-session";

    private final Looks looks;
    private final WayBack wayBack;

    Guard(Looks looks, WayBack wayBack) {
        this.looks = looks;
        this.wayBack = wayBack;
    }

    /** Without an interaction there is nothing to sign in to. */
    Response lost(Request request) {
        String elsewhere = Legal.web(looks.of(request.tenant(), null, null).unknownSessionRedirectUrl());
        return kept(Response.found(elsewhere == null ? UNKNOWN_SESSION + wayBack.query(request) : elsewhere));
    }

    Response toConsent(Interaction interaction) {
        return kept(Response.seeOther("/consent?app_id=" + Params.encode(interaction.clientId())));
    }

    /** The same visit on another page. */
    Response toPage(Stage stage, String path) {
        return kept(Response.seeOther(stage.address(path)));
    }

    /** As {@link #toPage(Stage, String)}, with another query. */
    Response toPage(Stage stage, String path, Params query) {
        return kept(Response.seeOther(query.isEmpty() ? path : path + "?" + query.encode()));
    }

    static Response kept(Response response) {
        return response.with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer");
    }
}
