/**
 * Text classification: labels for texts.
 *
 * <p>Read {@link dev.carousel.task.TextClassifier} first.
 */
@NullMarked
package dev.carousel.task;

import org.jspecify.annotations.NullMarked;
