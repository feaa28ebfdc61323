package dev.ostiary.experience;

import dev.ostiary.sso.SsoConnector;
import dev.ostiary.users.User;

/**
 * A user has got an account at a company's identity provider.
 *
 * @param isNewUser whether the user was made for it; otherwise it was linked to one who was there
 */
public record SsoLink(User user, SsoConnector connector, boolean isNewUser) {}
