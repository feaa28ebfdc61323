package dev.ostiary.oidc.authorize;

import dev.ostiary.oidc.AuthorizationCodes.CodeIssue;
import dev.ostiary.sessions.Grant;

/** What a visitor has let an application do. @param code what a code of it is to carry */
record Approved(Grant grant, CodeIssue code) {}
