package dev.ostiary.sessions;

/** What a list of grants and sessions tells of an application. */
public record ClientFace(String id, String name, boolean isThirdParty) {}
