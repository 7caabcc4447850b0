package dev.carousel.tag;

import dev.carousel.data.TaggedData;
import dev.carousel.data.TaggedSentence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tags that a tagger knows: tag k is column k of its emissions. */
final class TagSet {
  /** Log score of a transition that breaks the scheme: no real scores outweigh it. */
  private static final float FORBIDDEN = -10_000;

  private final List<String> names;
  private final TagScheme scheme;
  private final Map<String, Integer> ids = new HashMap<>();
  private final float[] penalties;

  TagSet(List<String> names, TagScheme scheme) {
    this.names = List.copyOf(names);
    this.scheme = scheme;
    for (String name : names) {
      if (ids.put(name, ids.size()) != null) {
        throw new IllegalArgumentException("the tag '" + name + "' is listed twice");
      }
    }
    if (names.size() < 2) {
      throw new IllegalArgumentException(
          "a tagger needs at least two tags to choose from, not " + names);
    }
    this.penalties = forbidden();
  }

  /** The tags of training sentences, in the scheme that is learned. */
  static TagSet of(TaggedData train, TagScheme scheme) {
    TreeSet<String> all = new TreeSet<>();
    for (TaggedSentence sentence : train.sentences()) {
      all.addAll(scheme.convert(sentence.tags()));
    }
    return new TagSet(List.copyOf(all), scheme);
  }

  private float[] forbidden() {
    int k = names.size();
    float[] all = new float[(k + 2) * k];
    for (int j = 0; j < k; j++) {
      for (int i = 0; i < k; i++) {
        all[i * k + j] = penalty(names.get(i), names.get(j));
      }
      all[k * k + j] = penalty(null, names.get(j));
      all[(k + 1) * k + j] = penalty(names.get(j), null);
    }
    return all;
  }

  private float penalty(@Nullable String before, @Nullable String tag) {
    return scheme.follows(before, tag) ? 0 : FORBIDDEN;
  }

  List<String> names() {
    return names;
  }

  TagScheme scheme() {
    return scheme;
  }

  int size() {
    return names.size();
  }

  String name(int id) {
    return names.get(id);
  }

  /** What is added to the transitions [K + 2, K] when tags are decoded. */
  float[] penalties() {
    return penalties;
  }

  /** The ids of a training sentence's tags, which may be of another scheme. */
  int[] ids(List<String> tags) {
    return scheme.convert(tags).stream().mapToInt(this::id).toArray();
  }

  /**
   * The id of a tag in the scheme that was learned.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  int id(String tag) {
    Integer id = ids.get(tag);
    if (id == null) {
      throw new IllegalArgumentException("the tag '" + tag + "' is none of " + names);
    }
    return id;
  }
}
