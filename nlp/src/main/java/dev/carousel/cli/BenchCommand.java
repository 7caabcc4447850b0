package dev.carousel.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code carousel bench} where the launcher did not take it: there is nothing here to run it. */
@Command(
    name = "bench",
    header = "Measure Carousel beside other libraries and against the machine's limits.",
    description = "Needs the source tree: ./carousel bench --help there says more.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  carousel bench rnn --quick"})
final class BenchCommand implements Runnable {
  @Unmatched private @Nullable List<String> words;

  @Override
  public void run() {
    throw new IllegalStateException(
        "the benchmark builds its peers from Carousel's source tree: start it there as"
            + " ./carousel bench"
            + (words == null ? "" : " " + String.join(" ", words)));
  }
}
