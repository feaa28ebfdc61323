package dev.ostiary.pages;

/** How a sign-in with a company's provider may end other than well; each has a page of its own. */
enum SsoOutcome {
    /** The visitor said no at the provider. */
    CANCELLED(200, "cancelled"),
    /** Signed in already: the back button, or the same answer twice. */
    DONE(200, "done"),
    /** Too old, used, or not the attempt that this browser is at. */
    EXPIRED(400, "expired"),
    /** Begun in another browser, or by somebody else. */
    ELSEWHERE(400, "elsewhere"),
    /** Not reached, or no answer in time. */
    DOWN(503, "down"),
    /** Deleted, switched off, or not finished. */
    GONE(404, "gone"),
    SUSPENDED(403, "suspended"),
    /** No account yet, and none may be made. */
    CLOSED(403, "closed"),
    /** Another account has this address, and nothing proves that it is the visitor's. */
    TAKEN(409, "taken"),
    /** The domain of the address is another connector's by now. */
    MOVED(422, "moved"),
    /** The provider does not let this visitor in. */
    NOT_ASSIGNED(403, "not_assigned"),
    /** Settings here or at the provider do not fit together. */
    MISCONFIGURED(503, "misconfigured"),
    /** An answer that does not stand the checks. */
    REFUSED(400, "refused"),
    /** A portal's link with another issuer than the connector's. */
    OTHER_ISSUER(400, "other_issuer"),
    /** A portal's link to an address that belongs to no application. */
    FOREIGN_TARGET(400, "foreign_target"),
    NO_TARGET(400, "no_target");

    private final int status;
    private final String word;

    SsoOutcome(int status, String word) {
        this.status = status;
        this.word = word;
    }

    /** Never one that makes a browser ask for credentials, nor one that proxies replace by pages of their own (502, 504). */
    int status() {
        return status;
    }

    String heading() {
        return "sso." + word + ".heading";
    }

    String text() {
        return "sso." + word + ".text";
    }

    String next() {
        return "sso." + word + ".next";
    }

    /** Whether the same once more may end better. */
    boolean mayBeTriedAgain() {
        return switch (this) {
            case CANCELLED, EXPIRED, DOWN, MISCONFIGURED, REFUSED, NOT_ASSIGNED, MOVED -> true;
            default -> false;
        };
    }
}
