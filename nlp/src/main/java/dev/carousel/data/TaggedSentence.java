package dev.carousel.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sentence of tokens, each with a tag.
 *
 * @param tokens T tokens, none empty; the sentence may be empty
 * @param features further columns, say parts of speech, T values each; their names are the data's
 * @param tags T tags, or none where they are yet to be found
 * @param label what the sentence as a whole was labelled with, say an intent; null for nothing
 */
public record TaggedSentence(
    List<String> tokens, List<List<String>> features, List<String> tags, @Nullable String label) {
  /** Copies and checks. */
  public TaggedSentence {
    tokens = List.copyOf(tokens);
    features = features.stream().map(List::copyOf).toList();
    tags = List.copyOf(tags);
    if (tokens.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("an empty token in " + tokens);
    }
    if (!tags.isEmpty() && tags.size() != tokens.size()) {
      throw new IllegalArgumentException(tokens.size() + " tokens, but " + tags.size() + " tags");
    }
    for (List<String> column : features) {
      if (column.size() != tokens.size()) {
        throw new IllegalArgumentException(
            tokens.size() + " tokens, but " + column.size() + " values of a feature");
      }
    }
  }

  /** A tagged sentence without further columns. */
  public static TaggedSentence of(List<String> tokens, List<String> tags) {
    return new TaggedSentence(tokens, List.of(), tags, null);
  }

  /** Tokens whose tags are to be found. */
  public static TaggedSentence untagged(List<String> tokens) {
    return new TaggedSentence(tokens, List.of(), List.of(), null);
  }

  /** The same with this label of the whole sentence. */
  public TaggedSentence withLabel(String sentenceLabel) {
    return new TaggedSentence(tokens, features, tags, sentenceLabel);
  }

  /** The same with these tags. */
  public TaggedSentence withTags(List<String> other) {
    return new TaggedSentence(tokens, features, other, label);
  }

  /** Number of tokens, T. */
  public int size() {
    return tokens.size();
  }
}
