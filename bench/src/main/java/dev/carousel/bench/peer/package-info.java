/**
 * The libraries that are measured: which there are, how they are fetched, and the processes they
 * run in. Read {@link dev.carousel.bench.peer.PeerSpec} first.
 */
@NullMarked
package dev.carousel.bench.peer;

import org.jspecify.annotations.NullMarked;
