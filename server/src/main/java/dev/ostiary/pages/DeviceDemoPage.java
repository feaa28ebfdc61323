package dev.ostiary.pages;

/**
 * The demonstration of a device.
 *
 * @param client its id
 * @param verification path of the page for its user
 * @param qr path of the picture of a code
 */
public record DeviceDemoPage(Frame frame, String client, String verification, String qr) {}
