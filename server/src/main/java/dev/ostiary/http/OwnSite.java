package dev.ostiary.http;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.ErrorCode;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Stands before what cookies authenticate: a request that changes something comes from our own pages (SE4). The browser
 * says so by {@code Origin} and {@code Sec-Fetch-Site}, which no page can forge; clients without a browser send neither.
 * SameSite cookies alone would let sibling domains in.
 */
public final class OwnSite {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final UnaryOperator<String> origin;

    /** What is refused here. */
    public enum OwnSiteError implements ErrorCode {
        FOREIGN_ORIGIN;

        @Override
        public String code() {
            return "auth.forbidden";
        }

        @Override
        public int status() {
            return 403;
        }
    }

    /** @param origin the configured public origin of a tenant, by its id */
    public OwnSite(UnaryOperator<String> origin) {
        this.origin = origin;
    }

    /** @throws AppException 403 {@code auth.forbidden} for a request that another site has made a browser send */
    public Response filter(Request request, Handler next) {
        if (!SAFE.contains(request.method())) {
            String site = request.header("Sec-Fetch-Site");
            String from = request.header("Origin");
            boolean ours =
                    from == null || from.equals(request.site().origin()) || from.equals(origin.apply(request.tenant()));
            if (!ours || (site != null && !OWN.contains(site))) {
                throw OwnSiteError.FOREIGN_ORIGIN.exception();
            }
        }
        return next.handle(request);
    }
}
