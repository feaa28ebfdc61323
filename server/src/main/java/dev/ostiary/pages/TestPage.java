package dev.ostiary.pages;

import java.util.List;

/**
 * What a test of a connection has brought.
 *
 * @param email what will be the address of the account, and whether it counts
 * @param result what an account would be made of
 * @param claims as the provider told them
 * @param json the same, to be copied
 */
public record TestPage(
        Frame frame,
        String heading,
        String lead,
        List<String> email,
        List<Claim> result,
        List<Claim> claims,
        String json) {

    public record Claim(String name, String value) {}
}
