/** PyTorch's C++ library through bytedeco as a peer. */
@NullMarked
package dev.carousel.bench.peer.libtorch;

import org.jspecify.annotations.NullMarked;
