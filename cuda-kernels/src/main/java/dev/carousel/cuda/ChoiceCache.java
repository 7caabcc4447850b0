package dev.carousel.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Choices by shape, in a text file to which lines are only added: key, tab, choice. A line that
 * cannot be read is measured anew; where the file cannot be written, choices live as long as the
 * process, and {@link #describe} says so.
 */
final class ChoiceCache {
  private final Path file;
  private final Map<String, Choice> choices = new HashMap<>();
  private String trouble = "";

  ChoiceCache(Path file) {
    this.file = file;
    try {
      if (Files.exists(file)) {
        Files.readAllLines(file).forEach(this::read);
      }
    } catch (IOException | UncheckedIOException e) {
      trouble = e.toString();
    }
  }

  /** The user's cache folder, or the property {@code carousel.cache}. */
  static Path usual() {
    String named = System.getProperty("carousel.cache");
    if (named != null) {
      return Path.of(named, "cudnn-choices.tsv");
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home", "."), ".cache")
            : Path.of(cache);
    return base.resolve("carousel").resolve("cudnn-choices.tsv");
  }

  private void read(String line) {
    int tab = line.indexOf('\t');
    if (tab > 0) {
      try {
        choices.put(line.substring(0, tab), Choice.parse(line.substring(tab + 1)));
      } catch (IllegalArgumentException e) {
        trouble = "a line that is no choice: " + line;
      }
    }
  }

  /** The choice of a key; made and kept if there is none. */
  synchronized Choice get(String key, Supplier<Choice> make) {
    Choice known = choices.get(key);
    if (known != null) {
      return known;
    }
    Choice made = make.get();
    choices.put(key, made);
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(
          file, key + "\t" + made + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      trouble = e.toString();
    }
    return made;
  }

  /** Where it is, and what is wrong with it. */
  synchronized String describe() {
    return file + (trouble.isEmpty() ? "" : " (" + trouble + ")");
  }
}
