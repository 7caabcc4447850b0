/**
 * Backends side by side on a user's own shapes, with the contract kit's data and calls. Read {@link
 * dev.carousel.compare.BackendComparison} first.
 */
@NullMarked
package dev.carousel.compare;

import org.jspecify.annotations.NullMarked;
