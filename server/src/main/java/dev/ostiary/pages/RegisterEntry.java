package dev.ostiary.pages;

import dev.ostiary.experience.Experience;
import dev.ostiary.experience.Identification;
import dev.ostiary.experience.InteractionEvent;
import dev.ostiary.experience.MissingProfile;
import dev.ostiary.experience.SignInExperience;
import dev.ostiary.experience.SignInExperience.SignUpIdentifier;
import dev.ostiary.experience.SignInMode;
import dev.ostiary.experience.Visit;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.verifications.IdentifierType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /register}: a new account of a username and a password; the address of who was invited goes along. */
final class RegisterEntry implements Entry {
    static final String PATH = "/register";

    /** By somebody whose address an invitation proves. */
    private static final Set<SignUpIdentifier> TELLABLE =
            EnumSet.of(SignUpIdentifier.USERNAME, SignUpIdentifier.EMAIL, SignUpIdentifier.EMAIL_OR_PHONE);

    private final Experience experience;

    RegisterEntry(Experience experience) {
        this.experience = experience;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String words() {
        return "register";
    }

    /** Where there is nobody yet, who comes should know what they become. */
    @Override
    public String lead(Stage stage) {
        boolean isFirst = stage.request().tenant().equals(Tenants.ADMIN)
                && stage.settings().signInMode() == SignInMode.REGISTER;
        return isFirst ? "register.first.lead" : Entry.super.lead(stage);
    }

    @Override
    public InteractionEvent event() {
        return InteractionEvent.REGISTER;
    }

    @Override
    public boolean isOpen(Stage stage) {
        return stage.settings().signInMode().allowsRegistration() || stage.invited() != null;
    }

    /** Whether a username and a password are enough for an account; or an invitation's address and a password. */
    @Override
    public boolean isOffered(Stage stage) {
        SignInExperience.SignUp signUp = stage.settings().signUp();
        if (stage.invited() != null) {
            Set<SignUpIdentifier> asked = asked(signUp);
            return !asked.isEmpty() && TELLABLE.containsAll(asked);
        }
        return signUp.identifiers().equals(List.of(IdentifierType.USERNAME))
                && signUp.password()
                && signUp.secondaryIdentifiers().orElse(List.of()).isEmpty();
    }

    /** One of e-mail and phone is asked for where both stand among the first. */
    private static Set<SignUpIdentifier> asked(SignInExperience.SignUp signUp) {
        List<IdentifierType> first = signUp.identifiers();
        Set<SignUpIdentifier> asked = EnumSet.noneOf(SignUpIdentifier.class);
        boolean either = first.contains(IdentifierType.EMAIL) && first.contains(IdentifierType.PHONE);
        for (IdentifierType type : first) {
            asked.add(
                    switch (type) {
                        case USERNAME -> SignUpIdentifier.USERNAME;
                        case EMAIL -> SignUpIdentifier.EMAIL;
                        case PHONE -> either ? SignUpIdentifier.EMAIL : SignUpIdentifier.PHONE;
                    });
        }
        signUp.secondaryIdentifiers().orElse(List.of()).forEach(second -> asked.add(second.identifier()));
        return asked;
    }

    private static boolean asksUsername(Stage stage) {
        return stage.invited() == null || asked(stage.settings().signUp()).contains(SignUpIdentifier.USERNAME);
    }

    @Override
    public List<Field> settled(Stage stage) {
        String address = stage.invited();
        return address != null && asksUsername(stage) ? List.of(address("email", stage, address)) : List.of();
    }

    private static Field address(String name, Stage stage, String address) {
        return Field.text(name, stage.say("identifier.email"), address, "email", List.of())
                .typed("email", "email")
                .fixed();
    }

    @Override
    public Field identifier(Stage stage, String name, Trouble trouble) {
        String address = stage.invited();
        if (address != null && !asksUsername(stage)) {
            return address("identifier", stage, address);
        }
        return Field.text("identifier", stage.say("identifier.username"), name, "username", trouble.identifier());
    }

    @Override
    public Field password(Stage stage, Trouble trouble) {
        return Field.secret(
                "password",
                stage.say("field.new_password"),
                "new-password",
                trouble.password(),
                NewPasswordRules.of(stage.settings(), trouble.issues(), stage.phrases()));
    }

    @Override
    public String required(Stage stage, boolean isPassword) {
        return stage.say(isPassword ? "required.new_password" : "required.new_username");
    }

    @Override
    public List<MissingProfile> enter(Visit visit, Stage stage, String name, String password) {
        if (isDone(visit)) {
            return List.of();
        }
        experience.begin(visit, InteractionEvent.REGISTER);
        @Nullable String identity = null;
        if (asksUsername(stage)) {
            identity = experience.newPasswordIdentity(visit, name, password);
        } else {
            experience.addPassword(visit, password);
        }
        return experience.identify(visit, identity) instanceof Identification.Missing(List<MissingProfile> more)
                ? more
                : List.of();
    }

    /** An account that this visit has made already only has to be signed in: its name is taken by the visitor himself. */
    @Override
    public boolean isDone(Visit visit) {
        return visit.event().filter(InteractionEvent.REGISTER::equals).isPresent()
                && visit.userId().isPresent();
    }
}
