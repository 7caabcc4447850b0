package dev.carousel.report;

import dev.carousel.store.AtomicFiles;
import dev.carousel.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A chart on disk that is replaced as a whole, or not at all where charts cannot be drawn.
 *
 * <p>This class names no type of the desktop module, so that it loads where that is missing.
 */
final class ChartFile {

  private ChartFile() {}

  /** Something that can be drawn. */
  @FunctionalInterface
  interface Drawing {
    /** The finished picture as the bytes of a PNG file. */
    byte[] png() throws IOException;
  }

  /**
   * Draws and writes a chart.
   *
   * @return why it could not be done, as one sentence; empty if it was
   */
  static Optional<String> write(Path file, Drawing drawing) {
    try {
      byte[] png = drawing.png();
      AtomicFiles.write(file, out -> out.write(png));
      return Optional.empty();
    } catch (StoreException e) {
      return Optional.of("No chart was drawn: " + e.getMessage() + ".");
    } catch (OutOfMemoryError | StackOverflowError e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      // What a Java runtime without libfreetype, fonts, display or desktop module throws is not
      // specified: AWTError, InternalError, NoClassDefFoundError and NullPointerException were
      // seen.
      return Optional.of(
          "No chart %s was drawn, as this Java runtime cannot draw (%s); a runtime with the module"
                  .formatted(file, e)
              + " java.desktop and fonts, started with -Djava.awt.headless=true, can.");
    }
  }
}
