/**
 * How good predictions are: classification scores, confusion matrices, BLEU and chrF, and a
 * baseline to beat.
 *
 * <p>Read {@link dev.carousel.eval.ClassificationReport} first.
 */
@NullMarked
package dev.carousel.eval;

import org.jspecify.annotations.NullMarked;
