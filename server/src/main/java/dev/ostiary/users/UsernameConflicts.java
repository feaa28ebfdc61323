package dev.ostiary.users;

import java.util.List;

/**
 * Usernames that several users have if case does not count.
 *
 * @param totalConflicts how many such names there are
 * @param samples some of them
 */
public record UsernameConflicts(long totalConflicts, List<Sample> samples) {
    /** @param userIds the oldest user first; at most ten */
    public record Sample(String usernameLower, List<String> userIds) {}
}
