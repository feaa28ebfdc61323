package dev.ostiary.organizations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the organizations that a user is a member of. */
public record Affiliation(String id, String name, @Nullable String description, List<String> roleNames) {}
