/**
 * Word vectors: read from the formats in which they are published, learned from text, and asked
 * what is like what.
 *
 * <p>Read {@link dev.carousel.embed.WordVectors} first, {@link dev.carousel.embed.SkipGramTrainer}
 * for how they are learned, {@link dev.carousel.embed.VectorTable} for what they tell.
 */
@NullMarked
package dev.carousel.embed;

import org.jspecify.annotations.NullMarked;
