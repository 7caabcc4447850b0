/**
 * Search for settings that do well: a space of values, trials drawn from it, and who of them may
 * train on. What a trial trains is the caller's business.
 *
 * <p>Read {@link dev.carousel.tune.Search} first, then {@link dev.carousel.tune.SearchSpace}.
 */
@NullMarked
package dev.carousel.tune;

import org.jspecify.annotations.NullMarked;
