package dev.carousel.text;

import dev.carousel.text.BpePieces.Piece;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Subwords by byte-pair encoding (Sennrich, Haddow and Birch 2016, "Neural machine translation of
 * rare words with subword units"), learnt by {@link BpeTrainer}.
 *
 * <p>The smallest symbols are grapheme clusters, so no character is ever cut. A space is written
 * {@code ▁} (U+2581) at the front of the token behind it, and a {@code ▁} is put before the text,
 * so that {@link #decode} gives the normalised text back exactly; only a {@code ▁} of the text
 * itself comes back as a space. Characters that training did not see stay tokens of one character:
 * a vocabulary maps them to unknown.
 *
 * <p>Encodings of frequent pieces are kept in a table of bounded size. Safe for any number of
 * threads.
 */
public final class BpeTokenizer implements Tokenizer {
  static final String FILE = "bpe.txt";

  private final Normalizer normalizer;
  private final List<BpeMerge> merges;
  private final BpeEncoder encoder;

  BpeTokenizer(Normalizer normalizer, List<BpeMerge> merges) {
    this.normalizer = Objects.requireNonNull(normalizer, "normalizer");
    this.merges = List.copyOf(merges);
    this.encoder = new BpeEncoder(this.merges);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param normalizer what is done to text first: what it was when the merges were learnt
   * @param file the merges
   * @return the tokenizer
   * @throws IOException if the file cannot be read
   * @throws dev.carousel.data.DataException if a line is no merge; it names the line
   */
  public static BpeTokenizer load(Normalizer normalizer, Path file) throws IOException {
    return new BpeTokenizer(normalizer, BpeFile.load(file));
  }

  @Override
  public List<Token> tokenize(String text) {
    NormalizedText normalized = normalizer.apply(text);
    List<Token> tokens = new ArrayList<>();
    for (Piece piece : BpePieces.of(normalized.text())) {
      // Where the piece's text would start if the added mark had been there.
      int at = piece.addedMark() ? piece.start() - 1 : piece.start();
      for (String symbol : encoder.encode(piece)) {
        int end = at + symbol.length();
        tokens.add(token(normalized, symbol, at, end, piece));
        at = end;
      }
    }
    return tokens;
  }

  /** A mark that was added and stands alone shares the stretch of the character behind it. */
  private static Token token(
      NormalizedText normalized, String symbol, int at, int end, Piece piece) {
    int start = Math.max(at, piece.start());
    return normalized.token(
        symbol, start, end > start ? end : Graphemes.next(normalized.text(), start));
  }

  /**
   * Puts tokens together again.
   *
   * @param tokens the tokens' texts
   * @return the text; for the tokens of a text, the text after normalisation
   */
  public static String decode(List<String> tokens) {
    String marked = String.join("", tokens);
    boolean spacesAlone = marked.chars().allMatch(c -> c == BpePieces.SPACE_MARK);
    boolean addedMark = !spacesAlone && marked.charAt(0) == BpePieces.SPACE_MARK;
    return marked.substring(addedMark ? 1 : 0).replace(BpePieces.SPACE_MARK, ' ');
  }

  /** Returns how many merges were learnt. */
  public int merges() {
    return merges.size();
  }

  @Override
  public TokenizerSpec spec() {
    return new TokenizerSpec("bpe", normalizer.spec(), "", FILE);
  }

  @Override
  public String describe() {
    return "bpe:" + merges.size();
  }

  @Override
  public Map<String, String> files() {
    return Map.of(FILE, BpeFile.text(merges));
  }
}
