package dev.ostiary.experience;

import dev.ostiary.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** What a tenant starts from: a name, a password, and everybody may register. */
final class SignInExperienceDefaults {
    private static final ObjectNode DEFAULTS = (ObjectNode)
            Json.read(
                    """
            {
              "tenantId": "",
              "id": "default",
              "color": {"primaryColor": "#6139F6", "isDarkModeEnabled": false, "darkPrimaryColor": "#8768F8"},
              "branding": {},
              "hideLogtoBranding": false,
              "languageInfo": {"autoDetect": true, "fallbackLanguage": "en"},
              "termsOfUseUrl": null,
              "privacyPolicyUrl": null,
              "agreeToTermsPolicy": "Automatic",
              "signIn": {"methods": [
                {"identifier": "username", "password": true, "verificationCode": false, "isPasswordPrimary": true}]},
              "signUp": {"identifiers": ["username"], "password": true, "verify": false},
              "socialSignIn": {},
              "socialSignInConnectorTargets": [],
              "signInMode": "SignInAndRegister",
              "customCss": null,
              "customContent": {},
              "customUiAssets": null,
              "customUiCsp": {},
              "passwordPolicy": {},
              "mfa": {"factors": [], "policy": "UserControlled"},
              "adaptiveMfa": {},
              "singleSignOnEnabled": false,
              "supportEmail": null,
              "supportWebsiteUrl": null,
              "unknownSessionRedirectUrl": null,
              "captchaPolicy": {},
              "sentinelPolicy": {},
              "emailBlocklistPolicy": {},
              "verificationCodePolicy": {},
              "forgotPasswordMethods": null,
              "passkeySignIn": {},
              "signUpProfileFields": null,
              "passwordExpiration": {},
              "usernamePolicy": {
                "caseSensitive": true, "minLength": 1, "maxLength": 128,
                "allowedChars": {"lowercase": true, "uppercase": true, "numbers": true, "underscore": true}}
            }
            """);

    private SignInExperienceDefaults() {}

    /** A copy that the caller may change. */
    static ObjectNode json() {
        return DEFAULTS.deepCopy();
    }
}
