package dev.carousel.lm;

import dev.carousel.text.HuggingFaceTokenizer;
import dev.carousel.text.HuggingFaceWriter;
import org.jspecify.annotations.Nullable;

/**
 * A model's tokens to text, piece by piece: words are put apart by a space, subwords bring theirs
 * along ({@code ▁}) or are joined as their file says, characters stand as they are. Not thread
 * safe: one a text.
 */
final class TextWriter {
  private static final char SPACE_MARK = '▁';

  private final LanguageCodec codec;
  private final @Nullable HuggingFaceWriter file;
  private boolean atLineStart = true;

  TextWriter(LanguageCodec codec) {
    this.codec = codec;
    this.file = codec.tokenizer() instanceof HuggingFaceTokenizer read ? read.writer() : null;
  }

  /** What this token adds to the text. */
  String piece(int id) {
    if (id == codec.lineEnd()) {
      atLineStart = true;
      return file == null ? "\n" : file.end() + '\n';
    }
    String token = codec.vocabulary().token(id);
    if (file != null) {
      return file.add(token);
    }
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
