/** Deeplearning4j as a peer. */
@NullMarked
package dev.carousel.bench.peer.dl4j;

import org.jspecify.annotations.NullMarked;
