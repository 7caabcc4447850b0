/** Measurements of Carousel's kernels. Read {@link dev.carousel.bench.RnnBenchmark} first. */
@NullMarked
package dev.carousel.bench;

import org.jspecify.annotations.NullMarked;
