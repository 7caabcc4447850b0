/** Files that hold tensors and models. */
@NullMarked
package dev.carousel.store;

import org.jspecify.annotations.NullMarked;
