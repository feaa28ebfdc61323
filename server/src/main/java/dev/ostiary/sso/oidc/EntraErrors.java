package dev.ostiary.sso.oidc;

import dev.ostiary.sso.SsoFault;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Microsoft Entra puts the reason into the text of {@code error_description}: {@code AADSTS50011: …}. */
final class EntraErrors {
    private static final Pattern CODE = Pattern.compile("\\bAADSTS(\\d{4,8})\\b");

    private static final Map<String, SsoFault> FAULTS = Map.ofEntries(
            Map.entry("7000215", SsoFault.WRONG_SECRET_VALUE),
            Map.entry("7000222", SsoFault.SECRET_EXPIRED),
            Map.entry("50011", SsoFault.REDIRECT_URI_MISMATCH),
            Map.entry("500112", SsoFault.REDIRECT_URI_MISMATCH),
            Map.entry("65001", SsoFault.CONSENT_MISSING),
            Map.entry("90094", SsoFault.CONSENT_MISSING),
            Map.entry("65004", SsoFault.CANCELLED),
            Map.entry("90002", SsoFault.UNKNOWN_TENANT),
            Map.entry("700016", SsoFault.APPLICATION_NOT_FOUND),
            Map.entry("7000218", SsoFault.PLATFORM_NOT_WEB),
            Map.entry("9002325", SsoFault.PLATFORM_NOT_WEB),
            Map.entry("9002326", SsoFault.PLATFORM_NOT_WEB),
            Map.entry("9002327", SsoFault.PLATFORM_NOT_WEB),
            Map.entry("50105", SsoFault.USER_NOT_ASSIGNED),
            Map.entry("50020", SsoFault.USER_OF_OTHER_DIRECTORY),
            Map.entry("53000", SsoFault.CONDITIONAL_ACCESS),
            Map.entry("53001", SsoFault.CONDITIONAL_ACCESS),
            Map.entry("53003", SsoFault.CONDITIONAL_ACCESS));

    private EntraErrors() {}

    /** For example {@code AADSTS50011}. */
    static Optional<String> code(String description) {
        Matcher found = CODE.matcher(description);
        return found.find() ? Optional.of("AADSTS" + found.group(1)) : Optional.empty();
    }

    static Optional<SsoFault> fault(String description) {
        return code(description).map(code -> FAULTS.get(code.substring("AADSTS".length())));
    }
}
