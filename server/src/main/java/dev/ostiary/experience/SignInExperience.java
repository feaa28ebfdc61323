package dev.ostiary.experience;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ostiary.json.InvalidValue;
import dev.ostiary.json.Shape;
import dev.ostiary.verifications.IdentifierType;
import dev.ostiary.verifications.Lockout;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of a tenant's sign-in pages: how they look, whom they let in and what they ask for. The components are the
 * wire's words; each one is replaced as a whole by a PATCH.
 */
public record SignInExperience(
        @Size(max = 21) String tenantId,
        @Size(min = 1, max = 21) String id,
        Color color,
        Branding branding,
        boolean hideLogtoBranding,
        LanguageInfo languageInfo,
        @Nullable @Size(max = 2048) String termsOfUseUrl,
        @Nullable @Size(max = 2048) String privacyPolicyUrl,
        AgreeToTermsPolicy agreeToTermsPolicy,
        SignIn signIn,
        SignUp signUp,
        SocialSignIn socialSignIn,
        List<String> socialSignInConnectorTargets,
        SignInMode signInMode,
        @Nullable String customCss,
        Map<String, String> customContent,
        @Nullable CustomUiAssets customUiAssets,
        CustomUiCsp customUiCsp,
        PasswordRules passwordPolicy,
        Mfa mfa,
        AdaptiveMfa adaptiveMfa,
        boolean singleSignOnEnabled,
        @Nullable String supportEmail,
        @Nullable String supportWebsiteUrl,
        @Nullable String unknownSessionRedirectUrl,
        CaptchaPolicy captchaPolicy,
        SentinelPolicy sentinelPolicy,
        EmailBlocklistPolicy emailBlocklistPolicy,
        VerificationCodePolicy verificationCodePolicy,
        @Nullable List<ForgotPasswordMethod> forgotPasswordMethods,
        PasskeySignIn passkeySignIn,
        @Nullable List<SignUpProfileField> signUpProfileFields,
        PasswordExpiration passwordExpiration,
        UsernamePolicy usernamePolicy) {

    static final String HEX_COLOR = "(?i)#[\\da-f]{3}([\\da-f]{3})?";

    public record Color(
            @Pattern(regexp = HEX_COLOR) String primaryColor,
            boolean isDarkModeEnabled,
            @Pattern(regexp = HEX_COLOR) String darkPrimaryColor) {}

    public record Branding(
            Optional<String> logoUrl,
            Optional<String> darkLogoUrl,
            Optional<String> favicon,
            Optional<String> darkFavicon) {
        public Branding {
            logoUrl.ifPresent(url -> requireUrl(url, "logoUrl"));
            darkLogoUrl.ifPresent(url -> requireUrl(url, "darkLogoUrl"));
            favicon.ifPresent(url -> requireUrl(url, "favicon"));
            darkFavicon.ifPresent(url -> requireUrl(url, "darkFavicon"));
        }
    }

    /** @param autoDetect whether the browser's languages come before the fallback */
    public record LanguageInfo(boolean autoDetect, String fallbackLanguage) {
        public LanguageInfo {
            if (!Languages.isTag(fallbackLanguage)) {
                throw new InvalidValue("Not a language tag", "fallbackLanguage");
            }
        }
    }

    public enum AgreeToTermsPolicy {
        @JsonProperty("Automatic")
        AUTOMATIC,
        @JsonProperty("ManualRegistrationOnly")
        MANUAL_REGISTRATION_ONLY,
        @JsonProperty("Manual")
        MANUAL
    }

    public record SignIn(@Size(max = 3) List<Method> methods) {
        /** @param isPasswordPrimary which of the two is asked for first, where both are on */
        public record Method(
                IdentifierType identifier, boolean password, boolean verificationCode, boolean isPasswordPrimary) {}

        /** Identifiers that may be used with a password, in their order. */
        public List<IdentifierType> withPassword() {
            return methods.stream()
                    .filter(Method::password)
                    .map(Method::identifier)
                    .toList();
        }
    }

    /**
     * @param identifiers what a new account is known by; e-mail and phone together mean either of the two
     * @param verify whether e-mail and phone must be proved
     */
    public record SignUp(
            @Size(max = 3) List<IdentifierType> identifiers,
            boolean password,
            boolean verify,
            Optional<@Size(max = 3) List<SecondaryIdentifier>> secondaryIdentifiers) {}

    public record SecondaryIdentifier(SignUpIdentifier identifier, Optional<Boolean> verify) {}

    public enum SignUpIdentifier {
        @JsonProperty("username")
        USERNAME,
        @JsonProperty("email")
        EMAIL,
        @JsonProperty("phone")
        PHONE,
        @JsonProperty("emailOrPhone")
        EMAIL_OR_PHONE
    }

    public record SocialSignIn(Optional<Boolean> automaticAccountLinking, Optional<Boolean> skipRequiredIdentifiers) {}

    public record CustomUiAssets(String id, long createdAt) {}

    public record CustomUiCsp(Optional<List<String>> scriptSrc, Optional<List<String>> connectSrc) {}

    public record PasswordRules(
            Optional<Length> length, Optional<CharacterTypes> characterTypes, Optional<Rejects> rejects) {
        /** In characters. */
        public record Length(Optional<@Min(1) @Max(256) Integer> min, Optional<@Min(1) @Max(256) Integer> max) {
            public Length {
                min = Optional.of(min.orElse(8));
                max = Optional.of(max.orElse(256));
                if (min.get() > max.get()) {
                    throw new InvalidValue("The shortest is longer than the longest", "min");
                }
            }
        }

        public record CharacterTypes(Optional<@Min(1) @Max(4) Integer> min) {
            public CharacterTypes {
                min = Optional.of(min.orElse(1));
            }
        }

        public record Rejects(
                Optional<Boolean> pwned,
                Optional<Boolean> repetitionAndSequence,
                Optional<Boolean> userInfo,
                Optional<List<String>> words) {
            public Rejects {
                pwned = Optional.of(pwned.orElse(true));
                repetitionAndSequence = Optional.of(repetitionAndSequence.orElse(true));
                userInfo = Optional.of(userInfo.orElse(true));
                words = Optional.of(words.orElse(List.of()));
            }
        }
    }

    public record Mfa(
            List<MfaFactor> factors,
            MfaPolicy policy,
            Optional<OrganizationRequiredMfaPolicy> organizationRequiredMfaPolicy) {}

    public enum MfaFactor {
        @JsonProperty("Totp")
        TOTP,
        @JsonProperty("WebAuthn")
        WEB_AUTHN,
        @JsonProperty("BackupCode")
        BACKUP_CODE,
        @JsonProperty("EmailVerificationCode")
        EMAIL_VERIFICATION_CODE,
        @JsonProperty("PhoneVerificationCode")
        PHONE_VERIFICATION_CODE
    }

    public enum MfaPolicy {
        @JsonProperty("UserControlled")
        USER_CONTROLLED,
        @JsonProperty("Mandatory")
        MANDATORY,
        @JsonProperty("PromptOnlyAtSignIn")
        PROMPT_ONLY_AT_SIGN_IN,
        @JsonProperty("PromptAtSignInAndSignUp")
        PROMPT_AT_SIGN_IN_AND_SIGN_UP,
        @JsonProperty("NoPrompt")
        NO_PROMPT,
        @JsonProperty("PromptAtSignInAndSignUpMandatory")
        PROMPT_AT_SIGN_IN_AND_SIGN_UP_MANDATORY,
        @JsonProperty("PromptOnlyAtSignInMandatory")
        PROMPT_ONLY_AT_SIGN_IN_MANDATORY
    }

    public enum OrganizationRequiredMfaPolicy {
        @JsonProperty("NoPrompt")
        NO_PROMPT,
        @JsonProperty("Mandatory")
        MANDATORY
    }

    public record AdaptiveMfa(Optional<Boolean> enabled) {}

    public record CaptchaPolicy(Optional<Boolean> enabled) {}

    /** @param lockoutDuration in minutes */
    public record SentinelPolicy(
            Optional<@Min(1) Integer> maxAttempts, Optional<@Min(1) @Max(525_600) Integer> lockoutDuration) {
        public Lockout.Policy lockout() {
            return new Lockout.Policy(maxAttempts.orElse(100), Duration.ofMinutes(lockoutDuration.orElse(60)));
        }
    }

    public record EmailBlocklistPolicy(
            Optional<Boolean> blockDisposableAddresses,
            Optional<Boolean> blockSubaddressing,
            Optional<List<String>> customAllowlist,
            Optional<List<String>> customBlocklist) {}

    /** @param expirationDuration in seconds */
    public record VerificationCodePolicy(
            Optional<@Min(60) @Max(3600) Integer> expirationDuration,
            Optional<@Min(1) @Max(100) Integer> maxRetryAttempts) {}

    public enum ForgotPasswordMethod {
        @JsonProperty("EmailVerificationCode")
        EMAIL_VERIFICATION_CODE,
        @JsonProperty("PhoneVerificationCode")
        PHONE_VERIFICATION_CODE
    }

    public record PasskeySignIn(
            Optional<Boolean> enabled, Optional<Boolean> showPasskeyButton, Optional<Boolean> allowAutofill) {}

    public record SignUpProfileField(String name) {}

    /**
     * @param validPeriodDays how old a password may get
     * @param enabledAt ms; older passwords count from here, so that switching it on locks nobody out at once
     */
    public record PasswordExpiration(
            Optional<Boolean> enabled, Optional<Long> validPeriodDays, Optional<Long> enabledAt) {
        public boolean isOn() {
            return enabled.orElse(false) && validPeriodDays.isPresent();
        }
    }

    /** The settings with an id that a tenant starts from, and what it changed. */
    static SignInExperience of(String tenant, ObjectNode changes) {
        ObjectNode all = SignInExperienceDefaults.json();
        all.setAll(changes);
        all.put("tenantId", tenant);
        return Shape.of(SignInExperience.class).read(all);
    }

    /** The same rules in another look. */
    SignInExperience dressed(
            Color newColor,
            Branding newBranding,
            @Nullable String newCss,
            @Nullable String newTerms,
            @Nullable String newPrivacy) {
        return new SignInExperience(
                tenantId,
                id,
                newColor,
                newBranding,
                hideLogtoBranding,
                languageInfo,
                newTerms,
                newPrivacy,
                agreeToTermsPolicy,
                signIn,
                signUp,
                socialSignIn,
                socialSignInConnectorTargets,
                signInMode,
                newCss,
                customContent,
                customUiAssets,
                customUiCsp,
                passwordPolicy,
                mfa,
                adaptiveMfa,
                singleSignOnEnabled,
                supportEmail,
                supportWebsiteUrl,
                unknownSessionRedirectUrl,
                captchaPolicy,
                sentinelPolicy,
                emailBlocklistPolicy,
                verificationCodePolicy,
                forgotPasswordMethods,
                passkeySignIn,
                signUpProfileFields,
                passwordExpiration,
                usernamePolicy);
    }

    static void requireUrl(String url, Object... path) {
        try {
            URI uri = new URI(url);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (!web || uri.getHost() == null || url.length() > 2048) {
                throw new InvalidValue("Invalid url", path);
            }
        } catch (URISyntaxException e) {
            throw new InvalidValue("Invalid url", path);
        }
    }
}
