package dev.ostiary.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The providers that an address fits. @param account the address */
public record ChooserPage(
        Frame frame, String heading, String account, List<Choice> choices, String back, String backAddress) {

    /** @param darkLogo null where the other one serves both */
    public record Choice(String name, @Nullable String logo, @Nullable String darkLogo, String address) {
        /** Stands where a logo would. */
        public String initial() {
            return name.isEmpty() ? "" : name.substring(0, name.offsetByCodePoints(0, 1));
        }
    }
}
