/**
 * Measurements of Carousel's kernels with JMH. Read {@link dev.carousel.bench.RnnBenchmark} first;
 * the comparison with other libraries begins in {@link dev.carousel.bench.run}.
 */
@NullMarked
package dev.carousel.bench;

import org.jspecify.annotations.NullMarked;
