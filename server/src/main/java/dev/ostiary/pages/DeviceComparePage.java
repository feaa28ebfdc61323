package dev.ostiary.pages;

import java.util.List;

/**
 * Whether a device is the visitor's own.
 *
 * @param code as the device shows it
 * @param spelt the same, to be read aloud
 * @param facts of how the device has asked
 */
public record DeviceComparePage(
        Frame frame,
        String heading,
        String code,
        String spelt,
        String application,
        List<MessagePage.Fact> facts,
        String action,
        String xsrf) {}
