package dev.ostiary.experience;

import dev.ostiary.experience.SignInExperience.SecondaryIdentifier;
import dev.ostiary.experience.SignInExperience.SignUp;
import dev.ostiary.experience.SignInExperience.SignUpIdentifier;
import dev.ostiary.users.User;
import dev.ostiary.verifications.IdentifierType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the settings ask of an account, new or old. */
final class MandatoryProfile {
    private MandatoryProfile() {}

    /** Of a new account. */
    static List<MissingProfile> missing(SignUp signUp, PendingProfile profile) {
        return missing(signUp, identifiers(profile), profile.password().isPresent());
    }

    /** Of an existing account; who comes in by a social account needs no password. */
    static List<MissingProfile> missing(SignUp signUp, User user, PendingProfile profile) {
        Set<IdentifierType> identifiers = identifiers(profile);
        addIf(user.username() != null, identifiers, IdentifierType.USERNAME);
        addIf(user.primaryEmail() != null, identifiers, IdentifierType.EMAIL);
        addIf(user.primaryPhone() != null, identifiers, IdentifierType.PHONE);
        boolean password = user.hasPassword()
                || !user.identities().isEmpty()
                || profile.password().isPresent();
        return missing(signUp, identifiers, password);
    }

    /** Whether a profile is enough to come back by: a name or an address the settings let people register with, and a password. */
    static boolean namesAnAccount(SignUp signUp, PendingProfile profile) {
        boolean registersByName = signUp.identifiers().contains(IdentifierType.USERNAME)
                || signUp.secondaryIdentifiers().orElse(List.of()).stream()
                        .anyMatch(secondary -> secondary.identifier() == SignUpIdentifier.USERNAME);
        boolean byName = registersByName && profile.username().isPresent();
        boolean byAddress = signUp.identifiers().contains(IdentifierType.EMAIL)
                && profile.email().isPresent();
        return (byName || byAddress) && profile.password().isPresent();
    }

    private static Set<IdentifierType> identifiers(PendingProfile profile) {
        Set<IdentifierType> identifiers = EnumSet.noneOf(IdentifierType.class);
        addIf(profile.username().isPresent(), identifiers, IdentifierType.USERNAME);
        addIf(profile.email().isPresent(), identifiers, IdentifierType.EMAIL);
        return identifiers;
    }

    private static void addIf(boolean there, Set<IdentifierType> identifiers, IdentifierType type) {
        if (there) {
            identifiers.add(type);
        }
    }

    /**
     * @param identifiers those the account has, or is about to get
     * @param password whether it has a password, or is about to get one
     */
    private static List<MissingProfile> missing(SignUp signUp, Set<IdentifierType> identifiers, boolean password) {
        Set<SignUpIdentifier> wanted = EnumSet.noneOf(SignUpIdentifier.class);
        List<IdentifierType> primary = signUp.identifiers();
        boolean either = primary.contains(IdentifierType.EMAIL) && primary.contains(IdentifierType.PHONE);
        for (IdentifierType type : primary) {
            wanted.add(
                    switch (type) {
                        case USERNAME -> SignUpIdentifier.USERNAME;
                        case EMAIL -> either ? SignUpIdentifier.EMAIL_OR_PHONE : SignUpIdentifier.EMAIL;
                        case PHONE -> either ? SignUpIdentifier.EMAIL_OR_PHONE : SignUpIdentifier.PHONE;
                    });
        }
        signUp.secondaryIdentifiers().orElse(List.of()).stream()
                .map(SecondaryIdentifier::identifier)
                .forEach(wanted::add);
        List<MissingProfile> missing = new ArrayList<>();
        for (SignUpIdentifier identifier : wanted) {
            if (typesOf(identifier).stream().noneMatch(identifiers::contains)) {
                missing.add(
                        switch (identifier) {
                            case USERNAME -> MissingProfile.USERNAME;
                            case EMAIL -> MissingProfile.EMAIL;
                            case PHONE -> MissingProfile.PHONE;
                            case EMAIL_OR_PHONE -> MissingProfile.EMAIL_OR_PHONE;
                        });
            }
        }
        if (signUp.password() && !password) {
            missing.add(MissingProfile.PASSWORD);
        }
        return missing;
    }

    /** One of these is enough. */
    static List<IdentifierType> typesOf(SignUpIdentifier identifier) {
        return switch (identifier) {
            case USERNAME -> List.of(IdentifierType.USERNAME);
            case EMAIL -> List.of(IdentifierType.EMAIL);
            case PHONE -> List.of(IdentifierType.PHONE);
            case EMAIL_OR_PHONE -> List.of(IdentifierType.EMAIL, IdentifierType.PHONE);
        };
    }
}
