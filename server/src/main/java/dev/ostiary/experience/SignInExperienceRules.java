package dev.ostiary.experience;

import dev.ostiary.errors.AppException;
import dev.ostiary.experience.SignInExperience.MfaFactor;
import dev.ostiary.experience.SignInExperience.MfaPolicy;
import dev.ostiary.experience.SignInExperience.SecondaryIdentifier;
import dev.ostiary.experience.SignInExperience.SignIn;
import dev.ostiary.experience.SignInExperience.SignUp;
import dev.ostiary.experience.SignInExperience.SignUpIdentifier;
import dev.ostiary.verifications.IdentifierType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What settings must not say together. Checked on the whole after a change, for the members that changed. */
final class SignInExperienceRules {
    private static final Set<MfaPolicy> MANDATORY = Set.of(
            MfaPolicy.MANDATORY,
            MfaPolicy.PROMPT_AT_SIGN_IN_AND_SIGN_UP_MANDATORY,
            MfaPolicy.PROMPT_ONLY_AT_SIGN_IN_MANDATORY);
    private static final Pattern ADDRESS_OR_DOMAIN = Pattern.compile("(\\S+)?@\\S+\\.\\S+");
    private static final long LONGEST_PASSWORD_AGE_DAYS = 3650;

    private SignInExperienceRules() {}

    /** @throws AppException {@code sign_in_experiences.*} */
    static void check(SignInExperience settings, SignInExperienceJson.Patch patch) {
        if (patch.languageInfo().isPresent()
                && !Languages.isSupported(settings.languageInfo().fallbackLanguage())) {
            throw SignInExperienceError.UNSUPPORTED_DEFAULT_LANGUAGE.exception();
        }
        if (patch.signUp().isPresent()) {
            checkSignUp(settings.signUp());
        }
        if (patch.signIn().isPresent()) {
            checkSignIn(settings);
        }
        if (patch.mfa().isPresent() || patch.adaptiveMfa().isPresent()) {
            checkMfa(settings);
        }
        if (patch.forgotPasswordMethods().toOptional().map(m -> !m.isEmpty()).orElse(false)) {
            throw SignInExperienceError.FORGOT_PASSWORD_METHOD_REQUIRES_CONNECTOR.exception();
        }
        if (patch.passwordExpiration().isPresent()) {
            checkPasswordExpiration(settings);
        }
        checkEnforceable(settings);
        patch.emailBlocklistPolicy().ifValue(policy -> {
            checkAddresses(policy.customAllowlist().orElse(List.of()));
            checkAddresses(policy.customBlocklist().orElse(List.of()));
        });
    }

    /** A second factor, a captcha or a passkey that nobody asks for is worse than none: it is believed in. */
    private static void checkEnforceable(SignInExperience settings) {
        if (!settings.mfa().factors().isEmpty()
                || settings.captchaPolicy().enabled().orElse(false)
                || settings.passkeySignIn().enabled().orElse(false)) {
            throw ExperienceError.NOT_SUPPORTED.exception();
        }
    }

    private static void checkSignUp(SignUp signUp) {
        List<SecondaryIdentifier> secondary = signUp.secondaryIdentifiers().orElse(List.of());
        if (signUp.identifiers().isEmpty() && !secondary.isEmpty()) {
            throw SignInExperienceError.MISSING_SIGN_UP_IDENTIFIERS.exception();
        }
        Set<String> seen = new HashSet<>();
        for (IdentifierType identifier : signUp.identifiers()) {
            requireOnce(seen, identifier.word());
            if (identifier != IdentifierType.USERNAME) {
                requireVerified(signUp.verify());
                requireConnector(identifier);
            }
        }
        for (SecondaryIdentifier identifier : secondary) {
            SignUpIdentifier kind = identifier.identifier();
            for (IdentifierType type : MandatoryProfile.typesOf(kind)) {
                requireOnce(seen, type.word());
                if (type != IdentifierType.USERNAME) {
                    requireVerified(identifier.verify().orElse(false));
                    requireConnector(type);
                }
            }
        }
    }

    private static void checkSignIn(SignInExperience settings) {
        boolean emailFactor = settings.mfa().factors().contains(MfaFactor.EMAIL_VERIFICATION_CODE);
        boolean phoneFactor = settings.mfa().factors().contains(MfaFactor.PHONE_VERIFICATION_CODE);
        boolean codeOnly = settings.signUp().verify() && !settings.signUp().password();
        for (SignIn.Method method : settings.signIn().methods()) {
            boolean named = method.identifier() == IdentifierType.USERNAME;
            if (!method.password() && (named || !method.verificationCode())) {
                throw SignInExperienceError.AT_LEAST_ONE_AUTHENTICATION_FACTOR.exception();
            }
            if (codeOnly && !named && !method.verificationCode()) {
                throw SignInExperienceError.CODE_SIGN_IN_MUST_BE_ENABLED.exception();
            }
            if (method.verificationCode() && !named) {
                if (emailFactor && method.identifier() == IdentifierType.EMAIL) {
                    throw SignInExperienceError.EMAIL_CODE_CANNOT_BE_USED_FOR_SIGN_IN.exception();
                }
                if (phoneFactor && method.identifier() == IdentifierType.PHONE) {
                    throw SignInExperienceError.PHONE_CODE_CANNOT_BE_USED_FOR_SIGN_IN.exception();
                }
                requireConnector(method.identifier());
            }
        }
    }

    private static void checkMfa(SignInExperience settings) {
        List<MfaFactor> factors = settings.mfa().factors();
        if (new HashSet<>(factors).size() != factors.size()) {
            throw SignInExperienceError.DUPLICATED_MFA_FACTORS.exception();
        }
        if (factors.equals(List.of(MfaFactor.BACKUP_CODE))) {
            throw SignInExperienceError.BACKUP_CODE_CANNOT_BE_ENABLED_ALONE.exception();
        }
        for (SignIn.Method method : settings.signIn().methods()) {
            if (!method.verificationCode()) {
                continue;
            }
            if (method.identifier() == IdentifierType.EMAIL && factors.contains(MfaFactor.EMAIL_VERIFICATION_CODE)) {
                throw SignInExperienceError.EMAIL_CODE_CANNOT_BE_USED_FOR_MFA.exception();
            }
            if (method.identifier() == IdentifierType.PHONE && factors.contains(MfaFactor.PHONE_VERIFICATION_CODE)) {
                throw SignInExperienceError.PHONE_CODE_CANNOT_BE_USED_FOR_MFA.exception();
            }
        }
        checkAdaptiveMfa(settings);
    }

    private static void checkAdaptiveMfa(SignInExperience settings) {
        MfaPolicy policy = settings.mfa().policy();
        if (settings.adaptiveMfa().enabled().orElse(false)) {
            if (settings.mfa().factors().isEmpty()) {
                throw SignInExperienceError.ADAPTIVE_MFA_REQUIRES_MFA.exception();
            }
            if (!MANDATORY.contains(policy)) {
                throw SignInExperienceError.ADAPTIVE_MFA_REQUIRES_NON_SKIPPABLE_POLICY.exception();
            }
        } else if (MANDATORY.contains(policy) && policy != MfaPolicy.MANDATORY) {
            throw SignInExperienceError.NON_ADAPTIVE_MFA_REQUIRES_SKIPPABLE_POLICY.exception();
        }
    }

    private static void checkPasswordExpiration(SignInExperience settings) {
        SignInExperience.PasswordExpiration expiration = settings.passwordExpiration();
        if (!expiration.enabled().orElse(false)) {
            return;
        }
        long days = expiration.validPeriodDays().orElse(0L);
        if (days < 1 || days > LONGEST_PASSWORD_AGE_DAYS) {
            throw SignInExperienceError.PASSWORD_EXPIRATION_INVALID_PERIOD_DAYS.exception();
        }
        // Whoever's password ends must have a way to a new one, and that way leads over e-mail or SMS.
        throw SignInExperienceError.PASSWORD_EXPIRATION_REQUIRES_FORGOT_PASSWORD.exception();
    }

    private static void checkAddresses(List<String> addresses) {
        if (addresses.stream().anyMatch(a -> !ADDRESS_OR_DOMAIN.matcher(a).matches())) {
            throw SignInExperienceError.INVALID_CUSTOM_EMAIL_BLOCKLIST_FORMAT.exception();
        }
    }

    private static void requireOnce(Set<String> seen, String identifier) {
        if (!seen.add(identifier)) {
            throw SignInExperienceError.DUPLICATED_SIGN_UP_IDENTIFIERS.exception();
        }
    }

    private static void requireVerified(boolean verify) {
        if (!verify) {
            throw SignInExperienceError.PASSWORDLESS_REQUIRES_VERIFY.exception();
        }
    }

    /** Codes travel by e-mail or SMS, and there is no connector that sends either. */
    private static void requireConnector(IdentifierType identifier) {
        String type = identifier == IdentifierType.EMAIL ? "Email" : "Sms";
        throw SignInExperienceError.ENABLED_CONNECTOR_NOT_FOUND.exception(Map.of("type", type));
    }
}
