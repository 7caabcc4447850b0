package dev.carousel.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Tagged sentences and where they came from.
 *
 * @param name a name for messages and reports
 * @param features the names of the sentences' further columns, in order
 * @param sentences the sentences in file order
 * @param sources the files they were read from; empty for data made in memory
 * @param report what was left out
 */
public record TaggedData(
    String name,
    List<String> features,
    List<TaggedSentence> sentences,
    List<SourceFile> sources,
    ReadReport report) {
  /** Copies and checks. */
  public TaggedData {
    features = List.copyOf(features);
    sentences = List.copyOf(sentences);
    sources = List.copyOf(sources);
    for (TaggedSentence sentence : sentences) {
      if (sentence.features().size() != features.size()) {
        throw new IllegalArgumentException(
            name + ": a sentence has other features than " + features + ": " + sentence);
      }
    }
  }

  /** Of which nothing was left out. */
  public TaggedData(
      String name,
      List<String> features,
      List<TaggedSentence> sentences,
      List<SourceFile> sources) {
    this(name, features, sentences, sources, ReadReport.CLEAN);
  }

  /** Sentences made in memory, without further columns. */
  public static TaggedData of(String name, List<TaggedSentence> sentences) {
    return new TaggedData(name, List.of(), sentences, List.of());
  }

  /** Number of sentences. */
  public int size() {
    return sentences.size();
  }

  /** Number of tokens. */
  public long tokens() {
    return sentences.stream().mapToLong(TaggedSentence::size).sum();
  }

  /** Whether every sentence has a label of its own. */
  public boolean labelled() {
    return !sentences.isEmpty() && sentences.stream().allMatch(s -> s.label() != null);
  }

  /**
   * The data in two, a random tenth of the sentences held out; the same seed gives the same parts.
   *
   * @throws IllegalArgumentException if there are fewer than two sentences
   */
  public TaggedSplit tenth(long seed) {
    if (size() < 2) {
      throw new IllegalArgumentException(
          name + " has " + size() + " sentences; a part can be held out of two or more");
    }
    int[] order = new SplitMix64(seed).permutation(size());
    boolean[] heldOut = new boolean[size()];
    for (int i = 0; i < Math.max(1, Math.round(size() * 0.1)); i++) {
      heldOut[order[i]] = true;
    }
    return new TaggedSplit(part("train", heldOut, false), part("held-out", heldOut, true));
  }

  private TaggedData part(String part, boolean[] heldOut, boolean wanted) {
    List<TaggedSentence> some = new ArrayList<>();
    for (int i = 0; i < heldOut.length; i++) {
      if (heldOut[i] == wanted) {
        some.add(sentences.get(i));
      }
    }
    return new TaggedData(name + " (" + part + ")", features, some, sources, report);
  }
}
