/** Benchmarks and the comparison of backends. */
@NullMarked
package dev.carousel.bench;

import org.jspecify.annotations.NullMarked;
