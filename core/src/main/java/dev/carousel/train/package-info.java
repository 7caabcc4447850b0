/**
 * Training: the loop over epochs and steps, update rules, learning-rate schedules, model selection,
 * checkpoints and who hears of it. Read {@link dev.carousel.train.Trainer} first, then {@link
 * dev.carousel.train.TrainingTask}.
 */
@NullMarked
package dev.carousel.train;

import org.jspecify.annotations.NullMarked;
