package dev.ostiary.pages;

import dev.ostiary.experience.Experience;
import dev.ostiary.experience.Identification;
import dev.ostiary.experience.InteractionEvent;
import dev.ostiary.experience.MissingProfile;
import dev.ostiary.experience.SignInExperience;
import dev.ostiary.experience.SignInMode;
import dev.ostiary.experience.Visit;
import dev.ostiary.verifications.IdentifierType;
import java.util.List;

/** {@code /register}: a new account of a username and a password. */
final class RegisterEntry implements Entry {
    static final String PATH = "/register";

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

    @Override
    public InteractionEvent event() {
        return InteractionEvent.REGISTER;
    }

    @Override
    public boolean isOpen(SignInMode mode) {
        return mode.allowsRegistration();
    }

    /** Whether a username and a password are enough for an account. */
    @Override
    public boolean isOffered(SignInExperience settings) {
        SignInExperience.SignUp signUp = settings.signUp();
        return signUp.identifiers().equals(List.of(IdentifierType.USERNAME))
                && signUp.password()
                && signUp.secondaryIdentifiers().orElse(List.of()).isEmpty();
    }

    @Override
    public Field identifier(Stage stage, String name, Trouble trouble) {
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
        String identity = experience.newPasswordIdentity(visit, name, password);
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
