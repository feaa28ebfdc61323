package dev.ostiary.e2e;

import dev.ostiary.e2e.Visitor.Place;
import java.util.Map;

/** A company's identity provider as our server and the people of the company meet it. */
public interface IdentityProvider extends AutoCloseable {
    /** As an administrator types it. */
    String issuer();

    String clientId();

    String clientSecret();

    /** What the administrator of the provider does: allows exactly this address to be returned to. */
    void register(String redirectUri);

    /** The fields that its login page wants of this person. */
    Map<String, String> credentials(String email);

    /** Fills in the provider's login page, where the visitor is now. Where that leads. */
    default Place signIn(Visitor visitor, Place loginPage, String email) {
        return visitor.submit(loginPage, credentials(email));
    }

    @Override
    void close();
}
