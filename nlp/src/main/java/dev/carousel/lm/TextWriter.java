package dev.carousel.lm;

/**
 * A model's tokens to text, piece by piece: words are put apart by a space, subwords bring theirs
 * along ({@code ▁}), characters stand as they are. Not thread safe: one a text.
 */
final class TextWriter {
  private static final char SPACE_MARK = '▁';

  private final LanguageCodec codec;
  private boolean atLineStart = true;

  TextWriter(LanguageCodec codec) {
    this.codec = codec;
  }

  /** What this token adds to the text. */
  String piece(int id) {
    if (id == codec.lineEnd()) {
      atLineStart = true;
      return "\n";
    }
    String token = codec.vocabulary().token(id);
    boolean first = atLineStart;
    atLineStart = false;
    return switch (codec.level()) {
      case CHARACTER -> token;
      case WORD -> first ? token : ' ' + token;
      case BPE -> subword(token, first);
    };
  }

  private static String subword(String token, boolean first) {
    boolean mark = first && token.charAt(0) == SPACE_MARK;
    return token.substring(mark ? 1 : 0).replace(SPACE_MARK, ' ');
  }
}
