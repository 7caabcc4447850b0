package dev.carousel.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the columns of a CoNLL file are.
 *
 * @param names one a column: {@link #TOKEN} once, the tag's last, {@link #IGNORED} for what is not
 *     read, anything else for a feature of that name
 */
public record Columns(List<String> names) {
  /** The column of the tokens. */
  public static final String TOKEN = "token";

  /** A column that is not read. */
  public static final String IGNORED = "_";

  /** Tokens and their tags. */
  public static final Columns DEFAULT = new Columns(List.of(TOKEN, "tag"));

  /** Copies and checks. */
  public Columns {
    names = List.copyOf(names);
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank() || (!name.equals(IGNORED) && !seen.add(name))) {
        throw misunderstood(names, "a name is empty or given twice");
      }
    }
    if (!names.contains(TOKEN) || names.size() < 2) {
      throw misunderstood(names, "one column must be 'token', another, the last one, the tag");
    }
    if (names.get(names.size() - 1).equals(TOKEN) || names.get(names.size() - 1).equals(IGNORED)) {
      throw misunderstood(names, "the last column must be the tag");
    }
  }

  /**
   * Reads names joined by commas, such as {@code token,pos,chunk}.
   *
   * @throws IllegalArgumentException saying what is wrong with them
   */
  public static Columns parse(String joined) {
    return new Columns(List.of(joined.split(",", -1)));
  }

  private static IllegalArgumentException misunderstood(List<String> names, String problem) {
    return new IllegalArgumentException(
        "columns '"
            + String.join(",", names)
            + "': "
            + problem
            + "; name them in the file's order, as in token,pos,tag");
  }

  /** Where the tokens are. */
  int token() {
    return names.indexOf(TOKEN);
  }

  /** Where the features are, in the file's order. */
  List<Integer> features() {
    List<Integer> at = new ArrayList<>();
    for (int i = 0; i < names.size() - 1; i++) {
      if (!names.get(i).equals(TOKEN) && !names.get(i).equals(IGNORED)) {
        at.add(i);
      }
    }
    return at;
  }

  /** The features' names, in the file's order. */
  public List<String> featureNames() {
    return features().stream().map(names::get).toList();
  }

  @Override
  public String toString() {
    return String.join(",", names);
  }
}
