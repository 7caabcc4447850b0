/**
 * The process that measures one library: an adapter, the loop that drives it, and the words between
 * it and the benchmark. Needs nothing but the api, so that it can share a class path with any
 * library. Read {@link dev.carousel.bench.worker.Peer} first.
 */
@NullMarked
package dev.carousel.bench.worker;

import org.jspecify.annotations.NullMarked;
