package dev.carousel.data;

/**
 * A file that a data set was read from, for a checkpoint's provenance.
 *
 * @param name the file's name without its folders
 * @param bytes the file's length
 * @param sha256 the SHA-256 of its bytes, 64 lower-case hexadecimal digits
 */
public record SourceFile(String name, long bytes, String sha256) {}
