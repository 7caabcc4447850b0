/** Deep Java Library on PyTorch as a peer. */
@NullMarked
package dev.carousel.bench.peer.djl;

import org.jspecify.annotations.NullMarked;
