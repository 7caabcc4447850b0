package dev.carousel.cuda;

import dev.carousel.spi.Capture;
import dev.carousel.spi.Replay;

/** Steps recorded as CUDA graphs. Other threads wait while one records. */
record CudaCapture(Gpu gpu) implements Capture {
  @Override
  public Replay record(Runnable step) {
    try (Gpu.Turn turn = gpu.turn()) {
      gpu.requireNoCapture("be recorded within another");
      CudaReplay replay = new CudaReplay(gpu, capture(turn.driver(), step));
      replay.launch();
      return replay;
    }
  }

  private long capture(Driver driver, Runnable step) {
    driver.beginCapture();
    gpu.capturing(true);
    boolean done = false;
    try {
      step.run();
      done = true;
    } finally {
      gpu.capturing(false);
      if (!done) {
        driver.abandonCapture();
      }
    }
    return driver.endCapture();
  }
}
