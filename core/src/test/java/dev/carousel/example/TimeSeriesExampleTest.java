package dev.carousel.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.example.TimeSeriesExample.Errors;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page on time series shows what is compiled and run here. */
class TimeSeriesExampleTest {
  private static final Path SOURCE =
      Path.of("src/test/java/dev/carousel/example/TimeSeriesExample.java");

  @Test
  void theNetworkForecastsSeveralTimesBetterThanPersistence() {
    try (Backend backend = Backends.named("reference", 1)) {
      Errors errors = TimeSeriesExample.compare(backend);
      // the series swings between 0.4 and 1.4; twelve steps are a quarter of its rough period
      assertThat(errors.persistence()).isBetween(0.2, 0.5);
      assertThat(errors.network()).isLessThan(errors.persistence() / 3);
    }
  }

  @Test
  void thePageShowsTheExampleThatIsCompiledHere() throws IOException {
    String source = Files.readString(SOURCE);
    String example = source.substring(source.indexOf("  static Errors compare")).strip();
    example = example.substring(0, example.indexOf("  /** Windows of the series")).stripTrailing();
    assertThat(Files.readString(Path.of("../docs/time-series.md")))
        .contains(example.indent(-2).stripTrailing());
  }
}
