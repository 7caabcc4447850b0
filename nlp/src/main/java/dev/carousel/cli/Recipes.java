package dev.carousel.cli;

import dev.carousel.store.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The recipes that come with the project, {@code nlp/recipes} in its sources. */
final class Recipes {
  /** Their names; a test compares them with the files. */
  static final List<String> NAMES =
      List.of(
          "abc-tunes",
          "atis",
          "chnsenticorp",
          "conll2000",
          "multi30k-en-de",
          "poems",
          "ptb-awd",
          "ptb-medium",
          "ptb-small",
          "resume-ner",
          "shakespeare",
          "shakespeare-window",
          "sst2",
          "tatoeba-zh-en",
          "trec",
          "wnut17");

  private Recipes() {}

  /** Reads all of them. */
  static List<Recipe> all() {
    return NAMES.stream().map(Recipes::named).toList();
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if there is none of that name; it lists those there are
   */
  static Recipe named(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "no recipe '" + name + "'; there are " + String.join(", ", NAMES));
    }
    String resource = "/dev/carousel/recipes/" + name + ".json";
    try (InputStream bytes = Recipes.class.getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new IllegalStateException(resource + " is missing from the jar; build it again");
      }
      String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
      return StrictJson.read(Path.of("recipes", name + ".json"), text, Recipe.class);
    } catch (IOException e) {
      throw new IllegalStateException(resource + " cannot be read; build the jar again", e);
    }
  }
}
