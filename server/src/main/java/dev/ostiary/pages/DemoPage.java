package dev.ostiary.pages;

/** The demo application's page. @param client its id */
public record DemoPage(Frame frame, String client, boolean offersRegistration) {}
