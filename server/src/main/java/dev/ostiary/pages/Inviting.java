package dev.ostiary.pages;

import dev.ostiary.db.Database;
import dev.ostiary.organizations.Invitations;
import dev.ostiary.sessions.Sessions;
import dev.ostiary.users.Users;

/** What the pages of an invitation ask. */
public record Inviting(Database database, Invitations invitations, Users users, Sessions sessions) {}
