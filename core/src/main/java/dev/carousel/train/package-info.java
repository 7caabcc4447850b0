/** Training steps, optimizers, schedules and checkpoints. */
@NullMarked
package dev.carousel.train;

import org.jspecify.annotations.NullMarked;
