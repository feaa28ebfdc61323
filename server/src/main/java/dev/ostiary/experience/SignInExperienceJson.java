package dev.ostiary.experience;

import dev.ostiary.experience.SignInExperience.AdaptiveMfa;
import dev.ostiary.experience.SignInExperience.AgreeToTermsPolicy;
import dev.ostiary.experience.SignInExperience.Branding;
import dev.ostiary.experience.SignInExperience.CaptchaPolicy;
import dev.ostiary.experience.SignInExperience.Color;
import dev.ostiary.experience.SignInExperience.CustomUiAssets;
import dev.ostiary.experience.SignInExperience.CustomUiCsp;
import dev.ostiary.experience.SignInExperience.EmailBlocklistPolicy;
import dev.ostiary.experience.SignInExperience.ForgotPasswordMethod;
import dev.ostiary.experience.SignInExperience.LanguageInfo;
import dev.ostiary.experience.SignInExperience.Mfa;
import dev.ostiary.experience.SignInExperience.PasskeySignIn;
import dev.ostiary.experience.SignInExperience.PasswordExpiration;
import dev.ostiary.experience.SignInExperience.PasswordRules;
import dev.ostiary.experience.SignInExperience.SentinelPolicy;
import dev.ostiary.experience.SignInExperience.SignIn;
import dev.ostiary.experience.SignInExperience.SignUp;
import dev.ostiary.experience.SignInExperience.SignUpProfileField;
import dev.ostiary.experience.SignInExperience.SocialSignIn;
import dev.ostiary.experience.SignInExperience.VerificationCodePolicy;
import dev.ostiary.json.Field;
import dev.ostiary.json.InvalidValue;
import dev.ostiary.json.Json;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.users.PasswordIssue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Wire shapes of the sign-in settings. */
final class SignInExperienceJson {
    private static final Pattern EMAIL = Pattern.compile("\\S+@\\S+\\.\\S+");

    private SignInExperienceJson() {}

    /** The answer to an upload of pages. */
    record Uploaded(String customUiAssetId) {}

    /** What is given replaces the member as a whole. */
    record Patch(
            @NotNull Field<Color> color,
            @NotNull Field<Branding> branding,
            @NotNull Field<Boolean> hideLogtoBranding,
            @NotNull Field<LanguageInfo> languageInfo,
            Field<@Size(max = 2048) String> termsOfUseUrl,
            Field<@Size(max = 2048) String> privacyPolicyUrl,
            @NotNull Field<AgreeToTermsPolicy> agreeToTermsPolicy,
            @NotNull Field<SignIn> signIn,
            @NotNull Field<SignUp> signUp,
            @NotNull Field<SocialSignIn> socialSignIn,
            @NotNull Field<List<String>> socialSignInConnectorTargets,
            @NotNull Field<SignInMode> signInMode,
            Field<@Size(max = 65_536) String> customCss,
            @NotNull Field<Map<String, @Size(max = 65_536) String>> customContent,
            Field<CustomUiAssets> customUiAssets,
            @NotNull Field<CustomUiCsp> customUiCsp,
            @NotNull Field<PasswordRules> passwordPolicy,
            @NotNull Field<Mfa> mfa,
            @NotNull Field<AdaptiveMfa> adaptiveMfa,
            @NotNull Field<Boolean> singleSignOnEnabled,
            Field<@Size(max = 128) String> supportEmail,
            Field<@Size(max = 2048) String> supportWebsiteUrl,
            Field<@Size(max = 2048) String> unknownSessionRedirectUrl,
            @NotNull Field<CaptchaPolicy> captchaPolicy,
            @NotNull Field<SentinelPolicy> sentinelPolicy,
            @NotNull Field<EmailBlocklistPolicy> emailBlocklistPolicy,
            @NotNull Field<VerificationCodePolicy> verificationCodePolicy,
            Field<List<ForgotPasswordMethod>> forgotPasswordMethods,
            @NotNull Field<PasskeySignIn> passkeySignIn,
            Field<List<SignUpProfileField>> signUpProfileFields,
            @NotNull Field<PasswordExpiration> passwordExpiration,
            @NotNull Field<ObjectNode> usernamePolicy) {
        Patch {
            // Links of a page that asks for passwords: javascript: and data: must not get there.
            requireUrl(termsOfUseUrl, "termsOfUseUrl");
            requireUrl(privacyPolicyUrl, "privacyPolicyUrl");
            requireUrl(supportWebsiteUrl, "supportWebsiteUrl");
            requireUrl(unknownSessionRedirectUrl, "unknownSessionRedirectUrl");
            supportEmail.ifValue(email -> {
                if (!email.isEmpty() && !EMAIL.matcher(email).matches()) {
                    throw new InvalidValue("Invalid email", "supportEmail");
                }
            });
        }

        private static void requireUrl(Field<String> url, String name) {
            url.ifValue(value -> {
                if (!value.isEmpty()) {
                    SignInExperience.requireUrl(value, name);
                }
            });
        }

        /** The members as they are to be stored. */
        ObjectNode members(SignInExperience before, Instant now) {
            ObjectNode members = Json.object();
            for (RecordComponent component : Patch.class.getRecordComponents()) {
                Field<?> field = read(component);
                if (field.isPresent()) {
                    members.set(
                            component.getName(), Json.tree(field.toOptional().orElse(null)));
                }
            }
            usernamePolicy.ifValue(policy -> members.set("usernamePolicy", completed(before.usernamePolicy(), policy)));
            passwordExpiration.ifValue(
                    expiration -> members.set("passwordExpiration", anchored(before, expiration, now)));
            return members;
        }

        private Field<?> read(RecordComponent component) {
            try {
                return (Field<?>) component.getAccessor().invoke(this);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The one member that may be given in part. */
        private static ObjectNode completed(UsernamePolicy before, ObjectNode given) {
            ObjectNode whole = (ObjectNode) Json.tree(before);
            given.properties().forEach(member -> {
                if (member.getValue().isObject() && whole.get(member.getKey()) instanceof ObjectNode inner) {
                    inner.setAll((ObjectNode) member.getValue());
                } else {
                    whole.set(member.getKey(), member.getValue());
                }
            });
            return (ObjectNode) Json.tree(UsernamePolicy.read(whole));
        }

        /** Passwords that are older than the rule count from the day the rule was made. */
        private static ObjectNode anchored(SignInExperience before, PasswordExpiration given, Instant now) {
            Optional<Long> anchor = !given.isOn()
                    ? Optional.empty()
                    : before.passwordExpiration()
                            .enabledAt()
                            .or(given::enabledAt)
                            .or(() -> Optional.of(now.toEpochMilli()));
            return (ObjectNode) Json.tree(new PasswordExpiration(given.enabled(), given.validPeriodDays(), anchor));
        }
    }

    record CheckPassword(@Size(max = 4096) String password, @Nullable String userId) {}

    record CheckedPassword(boolean result, Optional<List<PasswordIssue>> issues) {
        static CheckedPassword of(List<PasswordIssue> issues) {
            return new CheckedPassword(issues.isEmpty(), issues.isEmpty() ? Optional.empty() : Optional.of(issues));
        }
    }

    /** A connector as users see it: by the name and the logo that were chosen for them, else by the provider's. */
    record SsoButton(String id, String connectorName, String logo, String darkLogo) {
        static SsoButton of(SsoConnector connector, String language) {
            return new SsoButton(
                    connector.id(),
                    connector.branding().displayName().orElseGet(() -> connector
                            .provider()
                            .name(language)),
                    connector.branding().logo().orElseGet(() -> connector
                            .provider()
                            .logo()),
                    connector.branding().darkLogo().orElseGet(() -> connector
                            .provider()
                            .darkLogo()));
        }
    }

    /**
     * What the sign-in pages may know: all but whom they keep out.
     *
     * @param ssoConnectors those that are available
     */
    static ObjectNode publicView(SignInExperience settings, List<SsoConnector> ssoConnectors, String language) {
        ObjectNode view = (ObjectNode) Json.tree(settings);
        view.remove(List.of("emailBlocklistPolicy", "forgotPasswordMethods"));
        view.putArray("socialConnectors");
        view.set(
                "ssoConnectors",
                Json.tree(ssoConnectors.stream()
                        .map(connector -> SsoButton.of(connector, language))
                        .toList()));
        view.putObject("forgotPassword").put("phone", false).put("email", false);
        view.put("isDevelopmentTenant", false);
        view.putArray("customProfileFields");
        view.putArray("customProfileFieldCatalog");
        return view;
    }
}
