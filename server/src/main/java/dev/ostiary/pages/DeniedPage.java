package dev.ostiary.pages;

import java.util.List;

/**
 * For a visitor who may not use an application.
 *
 * @param account who is signed in
 * @param another address at which the visitor signs in as somebody else
 * @param action where the form leads that goes back to the application
 */
public record DeniedPage(
        Frame frame,
        String heading,
        String account,
        List<MessagePage.Link> support,
        String application,
        String another,
        String action,
        String token) {}
