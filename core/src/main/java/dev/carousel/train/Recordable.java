package dev.carousel.train;

import dev.carousel.spi.Capture;
import dev.carousel.spi.Replay;
import org.jspecify.annotations.Nullable;

/**
 * Launches that are recorded the second time they run. The first time they run plainly: plans,
 * handles and memory that are made on first use must be there before a recording, which may not
 * allocate.
 */
final class Recordable implements AutoCloseable {
  private final Capture capture;
  private final Runnable launches;
  private @Nullable Replay replay;
  private boolean ranBefore;

  Recordable(Capture capture, Runnable launches) {
    this.capture = capture;
    this.launches = launches;
  }

  void run() {
    if (replay != null) {
      replay.launch();
    } else if (ranBefore) {
      replay = capture.record(launches);
    } else {
      launches.run();
      ranBefore = true;
    }
  }

  @Override
  public void close() {
    if (replay != null) {
      replay.close();
      replay = null;
    }
  }
}
