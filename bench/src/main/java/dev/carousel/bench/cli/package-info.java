/** {@code carousel bench}. Read {@link dev.carousel.bench.cli.BenchMain} first. */
@NullMarked
package dev.carousel.bench.cli;

import org.jspecify.annotations.NullMarked;
