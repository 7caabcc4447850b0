/** Readers of corpora and the batches made from them. */
@NullMarked
package dev.carousel.data;

import org.jspecify.annotations.NullMarked;
