/** Tokenizers and vocabularies. */
@NullMarked
package dev.carousel.text;

import org.jspecify.annotations.NullMarked;
