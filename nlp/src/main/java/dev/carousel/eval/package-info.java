/** Scores of classifiers, taggers and generators. */
@NullMarked
package dev.carousel.eval;

import org.jspecify.annotations.NullMarked;
