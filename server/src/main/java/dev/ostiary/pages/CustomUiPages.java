package dev.ostiary.pages;

import dev.ostiary.experience.CustomUi;
import dev.ostiary.experience.CustomUiFile;
import dev.ostiary.experience.SignInExperience;
import dev.ostiary.experience.SignInExperience.CustomUiAssets;
import dev.ostiary.http.ETags;
import dev.ostiary.http.Handler;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.tenants.Tenants;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Pages that a tenant has brought along, in the place of ours: a single-page application that calls the Experience API.
 * Only what is asked by GET: our forms, the ways to and from providers that our pages begin, and what belongs to no
 * sign-in stay as they are.
 */
final class CustomUiPages {
    /** Below these nothing is a tenant's, whatever is asked there. */
    private static final List<String> RESERVED = List.of(
            "/api/",
            "/oidc/",
            "/console/",
            "/demo-app/",
            "/invitation/",
            "/callback/",
            "/enterprise-sso/",
            "/saml/",
            "/.well-known/",
            "/assets/pages/");

    /** {@code index-BxK3v9Qa.js}, {@code main.5f0c2a9b1e.css}: build tools name files by what is in them. */
    private static final Pattern HASHED = Pattern.compile(".*[.-](?:(?=[0-9a-f]*\\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,64}"
            + "|(?=[\\w-]*\\d)(?=[\\w-]*[A-Z])(?=[\\w-]*[a-z])[\\w-]{8,32})\\.\\w{2,5}");

    private final CustomUi customUi;
    private final CustomUiPolicy policy = new CustomUiPolicy();
    private final Function<Request, SignInExperience> settings;
    private final Predicate<Request> isOurs;

    /** @param isOurs what our pages answer all the same: the steps of a visit that they have begun */
    CustomUiPages(CustomUi customUi, Function<Request, SignInExperience> settings, Predicate<Request> isOurs) {
        this.customUi = customUi;
        this.settings = settings;
        this.isOurs = isOurs;
    }

    /** Before a page of ours. */
    Response page(Request request, Handler next) {
        return upload(request)
                .filter(id -> !isOurs.test(request))
                .flatMap(id -> file(request, id).or(() -> index(request, id)))
                .orElseGet(() -> next.handle(request));
    }

    /** Before a file of ours. */
    Response file(Request request, Handler next) {
        return upload(request).flatMap(id -> file(request, id)).orElseGet(() -> next.handle(request));
    }

    /** What no route knows: a file, or an address that the application has given itself. */
    Response unknown(Request request) {
        String path = request.path() + "/";
        return upload(request)
                .filter(id -> RESERVED.stream().noneMatch(path::startsWith))
                .flatMap(id ->
                        file(request, id).or(() -> isFileName(request.path()) ? Optional.empty() : index(request, id)))
                .orElseGet(() -> Response.text(404, "Not Found"));
    }

    private Optional<String> upload(Request request) {
        boolean isRead = request.method().equals("GET") || request.method().equals("HEAD");
        if (!isRead || request.tenant().equals(Tenants.ADMIN)) {
            return Optional.empty();
        }
        return Optional.ofNullable(settings.apply(request).customUiAssets()).map(CustomUiAssets::id);
    }

    private Optional<Response> file(Request request, String id) {
        return customUi.file(request.tenant(), id, request.path().substring(1)).map(file -> serve(request, file));
    }

    private Optional<Response> index(Request request, String id) {
        return customUi.index(request.tenant(), id).map(file -> serve(request, file));
    }

    private Response serve(Request request, CustomUiFile file) {
        boolean isForEver =
                HASHED.matcher(file.path()).matches() && !file.path().endsWith(".html");
        Response response = Response.bytes(200, file.contentType(), file.content())
                .with("Cache-Control", isForEver ? Assets.FOR_EVER : "no-cache")
                .with(
                        "Content-Security-Policy",
                        policy.of(settings.apply(request).customUiCsp(), file))
                .with("Referrer-Policy", "no-referrer")
                .with("X-Frame-Options", "DENY");
        return ETags.answer(request, response, file.tag());
    }

    /** Where a script is missing, a page would only hide it. */
    private static boolean isFileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1).contains(".");
    }
}
