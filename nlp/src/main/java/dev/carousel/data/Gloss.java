package dev.carousel.data;

import java.util.List;

/**
 * A WordNet gloss.
 *
 * @param lexicographerFile the file its synset was written in, such as {@code noun.animal}: a topic
 * @param text the whole gloss as it stands
 * @param definition the part before the first quoted example
 * @param examples the quoted example sentences, without their quotes
 */
public record Gloss(
    String lexicographerFile, String text, String definition, List<String> examples) {
  /** Copies the list. */
  public Gloss {
    examples = List.copyOf(examples);
  }
}
