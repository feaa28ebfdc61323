package dev.ostiary.net;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** No answer. The message is ours and holds nothing of what the other side sent. */
public final class OutboundException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    OutboundException(Fault fault, @Nullable Throwable cause) {
        super(fault.word(), cause);
        this.fault = fault;
    }

    OutboundException(Fault fault) {
        this(fault, null);
    }

    public Fault fault() {
        return fault;
    }
}
