/**
 * oneDNN's bare rnn primitives as a peer. Read {@link dev.carousel.bench.peer.onednn.OneDnnPeer}
 * first.
 */
@NullMarked
package dev.carousel.bench.peer.onednn;

import org.jspecify.annotations.NullMarked;
