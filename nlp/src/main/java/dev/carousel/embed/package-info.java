/**
 * Pretrained word vectors: read from the formats in which they are published, only those of wanted
 * words kept.
 *
 * <p>Read {@link dev.carousel.embed.WordVectors} first.
 */
@NullMarked
package dev.carousel.embed;

import org.jspecify.annotations.NullMarked;
