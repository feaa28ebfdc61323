package dev.ostiary.app;

import java.util.List;

/** Everything that is wrong with the configuration, told together. */
public final class ConfigFaults extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    ConfigFaults(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }
}
