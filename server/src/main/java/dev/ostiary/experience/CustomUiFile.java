package dev.ostiary.experience;

/**
 * A file of a tenant's own pages.
 *
 * @param path without a slash at its beginning
 * @param contentType from {@link CustomUiTypes}
 * @param tag of its content, as an entity tag
 */
public record CustomUiFile(String path, String contentType, String tag, byte[] content) {}
