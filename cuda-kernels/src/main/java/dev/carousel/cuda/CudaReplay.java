package dev.carousel.cuda;

import dev.carousel.spi.Replay;

/** A CUDA graph, ready to run. */
final class CudaReplay implements Replay {
  private final Gpu gpu;
  private final long graph;
  private boolean closed;

  CudaReplay(Gpu gpu, long graph) {
    this.gpu = gpu;
    this.graph = graph;
  }

  @Override
  public void launch() {
    try (Gpu.Turn turn = gpu.turn()) {
      if (closed) {
        throw new IllegalStateException("this replay is closed");
      }
      gpu.requireNoCapture("replay another");
      turn.driver().replay(graph);
    }
  }

  @Override
  public void close() {
    try (Gpu.Turn turn = gpu.turn()) {
      if (!closed) {
        closed = true;
        turn.driver().synchronize();
        turn.driver().destroyGraph(graph);
      }
    }
  }
}
