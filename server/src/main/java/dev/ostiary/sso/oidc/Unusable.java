package dev.ostiary.sso.oidc;

import dev.ostiary.sso.SsoFault;
import java.io.Serial;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** A document of a provider that cannot be had or used. */
final class Unusable extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final Set<SsoFault> OF_DOCUMENT =
            EnumSet.of(SsoFault.NOT_JSON, SsoFault.ISSUER_MISMATCH, SsoFault.MISSING_ENDPOINT);

    private final SsoFault fault;
    private final transient Map<String, Object> details;

    Unusable(SsoFault fault) {
        this(fault, Map.of());
    }

    Unusable(SsoFault fault, Map<String, Object> details) {
        super(fault.word(), null, false, false);
        this.fault = fault;
        this.details = details;
    }

    SsoFault fault() {
        return fault;
    }

    Map<String, Object> details() {
        return details;
    }

    /** Whether there was a document, and it is wrong. */
    boolean isOfDocument() {
        return OF_DOCUMENT.contains(fault);
    }
}
