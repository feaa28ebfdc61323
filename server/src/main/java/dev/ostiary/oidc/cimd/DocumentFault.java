package dev.ostiary.oidc.cimd;

import java.io.Serial;

/** Why a document makes no client. The message is ours and holds nothing of what the other side sent (SS3). */
final class DocumentFault extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    DocumentFault(String message) {
        super(message, null, false, false);
    }
}
