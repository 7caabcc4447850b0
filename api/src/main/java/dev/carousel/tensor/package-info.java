/**
 * Dense row-major tensors over memory that one backend owns. Read {@link
 * dev.carousel.tensor.Tensor} first.
 */
@NullMarked
package dev.carousel.tensor;

import org.jspecify.annotations.NullMarked;
