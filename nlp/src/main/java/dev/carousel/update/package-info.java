/**
 * Updates of trained models by corrections, with a guard against forgetting.
 *
 * <p>Read {@link dev.carousel.update.Update} first.
 */
@NullMarked
package dev.carousel.update;

import org.jspecify.annotations.NullMarked;
