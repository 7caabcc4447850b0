/**
 * Carousel's own kernels in C++ for x86-64: a recurrent layer is one call, its gates computed on
 * the tiles of the matrix product while these are in registers and in the first level of the cache.
 * Read {@link FusedKernels} first; the sources of the kernels are in {@code src/main/native}, where
 * {@code tile.h}, {@code forward.h} and {@code backward.h} are the heart, and {@code number.h} says
 * how single precision and bfloat16 differ. Linear layers ({@code linear.h} on {@code product.h})
 * and everything else that a training step does are single passes on the same vectors and threads.
 */
@NullMarked
package dev.carousel.cpu.fused;

import org.jspecify.annotations.NullMarked;
