/** ONNX Runtime as a peer. */
@NullMarked
package dev.carousel.bench.peer.onnxruntime;

import org.jspecify.annotations.NullMarked;
