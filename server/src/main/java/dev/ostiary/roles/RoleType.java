package dev.ostiary.roles;

import com.fasterxml.jackson.annotation.JsonValue;

/** Who may hold a role. */
public enum RoleType {
    USER("User"),
    MACHINE_TO_MACHINE("MachineToMachine");

    private final String wire;

    RoleType(String wire) {
        this.wire = wire;
    }

    @JsonValue
    public String wire() {
        return wire;
    }

    public static RoleType of(String wire) {
        return wire.equals(USER.wire) ? USER : MACHINE_TO_MACHINE;
    }
}
