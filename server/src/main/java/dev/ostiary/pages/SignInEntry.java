package dev.ostiary.pages;

import dev.ostiary.experience.Experience;
import dev.ostiary.experience.InteractionEvent;
import dev.ostiary.experience.MissingProfile;
import dev.ostiary.experience.Visit;
import dev.ostiary.verifications.IdentifierType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /sign-in}: the name and the password of an account. */
final class SignInEntry implements Entry {
    static final String PATH = "/sign-in";

    private final Experience experience;

    SignInEntry(Experience experience) {
        this.experience = experience;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String words() {
        return "sign_in";
    }

    @Override
    public InteractionEvent event() {
        return InteractionEvent.SIGN_IN;
    }

    @Override
    public boolean isOpen(Stage stage) {
        return stage.settings().signInMode().allowsSignIn();
    }

    @Override
    public boolean isOffered(Stage stage) {
        return !stage.settings().signIn().withPassword().isEmpty();
    }

    @Override
    public List<Field> settled(Stage stage) {
        return List.of();
    }

    @Override
    public Field identifier(Stage stage, String name, Trouble trouble) {
        List<IdentifierType> types = new ArrayList<>(
                TypedIdentifier.narrowed(stage.settings().signIn().withPassword(), wanted(stage)));
        if (!types.contains(IdentifierType.EMAIL)
                && experience.offersSso(stage.request().tenant())) {
            // The address of a company is a way in whatever has a password here.
            types.add(IdentifierType.EMAIL);
        }
        String label = stage.say(TypedIdentifier.label(types));
        return TypedIdentifier.shaped(Field.text("identifier", label, name, "username", trouble.identifier()), types);
    }

    /** The kinds of names that the application would like to be asked for. */
    private static String wanted(Stage stage) {
        return stage.request()
                .query()
                .first("identifier")
                .or(() -> stage.interaction() == null
                        ? Optional.empty()
                        : stage.interaction().param("identifier"))
                .orElse("");
    }

    @Override
    public Field password(Stage stage, Trouble trouble) {
        return Field.secret("password", stage.say("field.password"), "current-password", trouble.password(), List.of());
    }

    @Override
    public String required(Stage stage, boolean isPassword) {
        return stage.say(isPassword ? "required.password" : "required.identifier");
    }

    @Override
    public List<MissingProfile> enter(Visit visit, Stage stage, String name, String password) {
        List<IdentifierType> allowed = stage.settings().signIn().withPassword();
        experience.begin(visit, InteractionEvent.SIGN_IN);
        experience.identify(visit, experience.verifyPassword(visit, TypedIdentifier.read(name, allowed), password));
        return List.of();
    }

    @Override
    public boolean isDone(Visit visit) {
        return false;
    }
}
