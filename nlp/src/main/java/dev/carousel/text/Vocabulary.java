package dev.carousel.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens a model knows and their ids, 0 to {@code size() - 1}.
 *
 * <p>{@link Reserved#PAD} is id 0 and {@link Reserved#UNK} id 1. Immutable and safe for any number
 * of threads; a lookup allocates nothing.
 */
public final class Vocabulary {
  /** The id of the padding token. */
  public static final int PAD_ID = 0;

  /** The id that unknown tokens get. */
  public static final int UNK_ID = 1;

  /** The most tokens a vocabulary may hold, reserved ones included: 2^24. */
  public static final int MAX_SIZE = 1 << 24;

  private final String[] tokens;

  /**
   * Open addressing with linear probing over a table at most half full: id + 1, or 0 where free.
   */
  private final int[] table;

  /**
   * A vocabulary in id order.
   *
   * @throws IllegalArgumentException if the first two are not padding and unknown, if a token is
   *     empty or repeated, or if there are more than {@link #MAX_SIZE}
   */
  Vocabulary(List<String> inIdOrder) {
    if (inIdOrder.size() > MAX_SIZE) {
      throw new IllegalArgumentException(
          inIdOrder.size() + " tokens; a vocabulary holds at most " + MAX_SIZE);
    }
    this.tokens = inIdOrder.toArray(String[]::new);
    this.table = new int[Math.max(4, Integer.highestOneBit(tokens.length - 1) << 2)];
    checkReserved();
    for (int id = 0; id < tokens.length; id++) {
      add(id);
    }
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param file a UTF-8 file with one escaped token a line
   * @return the vocabulary
   * @throws IOException if the file cannot be read
   * @throws dev.carousel.data.DataException if a line is no token, a token is repeated, or the
   *     reserved tokens are missing; it names the line
   */
  public static Vocabulary load(Path file) throws IOException {
    return VocabularyFile.load(file);
  }

  /**
   * Writes one token a line, in id order, with line breaks and backslashes escaped. A file that is
   * there is replaced in one step.
   *
   * @param file where to write
   * @throws dev.carousel.store.StoreException if it cannot be written
   */
  public void save(Path file) {
    VocabularyFile.save(file, tokens);
  }

  /** Returns what {@link #save} writes, for a file that somebody else keeps. */
  public String toText() {
    return VocabularyFile.text(tokens);
  }

  /**
   * Reads what {@link #toText} returned.
   *
   * @param text one escaped token a line
   * @param source where the text comes from, for messages
   * @return the vocabulary
   * @throws dev.carousel.data.DataException as {@link #load} does
   */
  public static Vocabulary ofText(String text, String source) {
    try {
      return VocabularyFile.parse(text, source);
    } catch (IOException e) {
      throw new UncheckedIOException("reading a string failed", e);
    }
  }

  /**
   * The same with further tokens, whose ids come after those of the known ones.
   *
   * @param further tokens that are not known yet, none twice
   * @throws IllegalArgumentException if one is empty, known or repeated, or if they are too many
   */
  public Vocabulary with(List<String> further) {
    List<String> all = new ArrayList<>(tokens());
    all.addAll(further);
    return new Vocabulary(all);
  }

  /** Returns the number of tokens, reserved ones included. */
  public int size() {
    return tokens.length;
  }

  /**
   * The id of a token.
   *
   * @param token a token
   * @return its id, or {@link #UNK_ID} if it is not known
   */
  public int id(String token) {
    int entry = table[slot(token)];
    return entry == 0 ? UNK_ID : entry - 1;
  }

  /**
   * The id of a reserved token.
   *
   * @param reserved the token
   * @return its id
   * @throws IllegalStateException if the vocabulary was built without it
   */
  public int id(Reserved reserved) {
    if (!contains(reserved.token())) {
      throw new IllegalStateException("the vocabulary was built without " + reserved.token());
    }
    return id(reserved.token());
  }

  /**
   * Whether a token has an id of its own.
   *
   * @param token a token
   * @return false if {@link #id(String)} gives the unknown token's id in its place
   */
  public boolean contains(String token) {
    return table[slot(token)] != 0;
  }

  /**
   * The token of an id.
   *
   * @param id 0 to {@code size() - 1}
   * @return the token
   * @throws IndexOutOfBoundsException if there is no such id
   */
  public String token(int id) {
    if (id < 0 || id >= tokens.length) {
      throw new IndexOutOfBoundsException(
          "id " + id + " is not in the vocabulary of " + tokens.length + " tokens");
    }
    return tokens[id];
  }

  /**
   * The ids of tokens.
   *
   * @param sequence tokens
   * @return as many ids, unknown tokens as {@link #UNK_ID}
   */
  public int[] encode(List<String> sequence) {
    int[] ids = new int[sequence.size()];
    int at = 0;
    for (String token : sequence) {
      ids[at++] = id(token);
    }
    return ids;
  }

  /** Returns the tokens in id order. */
  public List<String> tokens() {
    return List.of(tokens);
  }

  /** The token's slot, or the free slot where it would go. */
  private int slot(String token) {
    int mask = table.length - 1;
    int hash = token.hashCode() * 0x9E3779B9;
    int slot = (hash ^ (hash >>> 16)) & mask;
    while (table[slot] != 0 && !tokens[table[slot] - 1].equals(token)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void checkReserved() {
    if (tokens.length < 2
        || !tokens[PAD_ID].equals(Reserved.PAD.token())
        || !tokens[UNK_ID].equals(Reserved.UNK.token())) {
      throw new IllegalArgumentException("a vocabulary must start with <pad> and <unk>");
    }
  }

  private void add(int id) {
    int slot = slot(tokens[id]);
    if (tokens[id].isEmpty() || table[slot] != 0) {
      throw new IllegalArgumentException(
          tokens[id].isEmpty()
              ? "token " + id + " is empty"
              : "token " + id + " repeats token " + (table[slot] - 1) + ": '" + tokens[id] + "'");
    }
    table[slot] = id + 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that && Arrays.equals(tokens, that.tokens);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }

  @Override
  public String toString() {
    return "Vocabulary of " + tokens.length + " tokens";
  }
}
