/**
 * How rows are measured: all peers interleaved, checked before they are timed, judged against the
 * machine's limit. Read {@link dev.carousel.bench.run.Race} first.
 */
@NullMarked
package dev.carousel.bench.run;

import org.jspecify.annotations.NullMarked;
