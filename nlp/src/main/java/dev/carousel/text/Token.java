package dev.carousel.text;

/**
 * A token and the stretch of the original text it came from.
 *
 * @param text what the model sees, after normalisation; never empty
 * @param start where it starts, in UTF-16 units of the text before normalisation
 * @param end where it ends, exclusive; tokens that one character was expanded into share a stretch
 */
public record Token(String text, int start, int end) {}
