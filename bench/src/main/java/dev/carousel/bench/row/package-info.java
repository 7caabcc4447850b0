/**
 * The rows of the peer benchmark: what is computed, on which numbers, and how much work that is.
 * Nothing here needs more than the api, so every worker can load it. Read {@link
 * dev.carousel.bench.row.Row} first.
 */
@NullMarked
package dev.carousel.bench.row;

import org.jspecify.annotations.NullMarked;
