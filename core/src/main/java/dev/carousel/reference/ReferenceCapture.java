package dev.carousel.reference;

import dev.carousel.spi.Capture;
import dev.carousel.spi.Replay;

/** No graphs on the host: a replay runs the step again. */
final class ReferenceCapture implements Capture {
  @Override
  public Replay record(Runnable step) {
    step.run();
    return new Replay() {
      private boolean closed;

      @Override
      public void launch() {
        if (closed) {
          throw new IllegalStateException("this replay is closed");
        }
        step.run();
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }
}
