/** Training steps, optimizers, schedules, and what listens to them. */
@NullMarked
package dev.carousel.train;

import org.jspecify.annotations.NullMarked;
