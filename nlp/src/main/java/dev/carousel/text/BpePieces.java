package dev.carousel.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text into the pieces that byte-pair merges never cross: runs of word characters (with inner
 * apostrophes), runs of CJK characters, runs of other symbols. A space belongs to the piece behind
 * it; every other blank is a piece of its own.
 *
 * <p>A piece's text starts with {@link #SPACE_MARK} where a space stood. The first piece that is no
 * space gets a mark too, though none stood there, so that a word at the start is the same piece as
 * anywhere else.
 */
final class BpePieces {
  /** Stands for a space: U+2581, as SentencePiece writes it. */
  static final char SPACE_MARK = '\u2581';

  /** Bounds the time that one piece takes; longer runs are cut. */
  static final int MAX_CLUSTERS = 100;

  /** A piece: its text with marks, and the stretch it covers. */
  record Piece(String text, int start, int end, boolean addedMark, boolean mergeable) {}

  /** The kinds of characters that a run is made of. */
  private enum Kind {
    SPACE,
    BLANK,
    WORD,
    CJK,
    SYMBOL
  }

  private final String text;
  private final List<Piece> pieces = new ArrayList<>();
  private boolean markAdded;

  private BpePieces(String text) {
    this.text = text;
  }

  static List<Piece> of(String text) {
    BpePieces cutter = new BpePieces(text);
    for (int at = 0; at < text.length(); ) {
      at = cutter.cut(at);
    }
    return cutter.pieces;
  }

  /** Cuts one piece and returns its end. */
  private int cut(int start) {
    int end = Graphemes.next(text, start);
    Kind kind = kind(start, end);
    if (kind == Kind.SPACE && markAdded && end < text.length()) {
      Kind behind = kind(end, Graphemes.next(text, end));
      if (behind != Kind.SPACE && behind != Kind.BLANK) {
        return add(start, runEnd(end, behind), behind);
      }
    }
    return add(start, kind == Kind.SPACE || kind == Kind.BLANK ? end : runEnd(start, kind), kind);
  }

  private int add(int start, int end, Kind kind) {
    boolean needsMark = !markAdded && kind != Kind.SPACE;
    markAdded |= needsMark;
    String marked = text.substring(start, end).replace(' ', SPACE_MARK);
    pieces.add(
        new Piece(
            needsMark ? SPACE_MARK + marked : marked, start, end, needsMark, kind != Kind.BLANK));
    return end;
  }

  private int runEnd(int start, Kind kind) {
    int end = Graphemes.next(text, start);
    for (int clusters = 1; clusters < MAX_CLUSTERS && end < text.length(); clusters++) {
      int next = Graphemes.next(text, end);
      if (kind(end, next) != kind && !isInnerApostrophe(end, next, kind)) {
        break;
      }
      end = next;
    }
    return end;
  }

  private boolean isInnerApostrophe(int start, int end, Kind kind) {
    return kind == Kind.WORD
        && EnglishContractions.isApostrophe(text.charAt(start))
        && end == start + 1
        && end < text.length()
        && kind(end, Graphemes.next(text, end)) == Kind.WORD;
  }

  private Kind kind(int start, int end) {
    int first = text.codePointAt(start);
    if (Characters.isBlank(text, start, end)) {
      return first == ' ' ? Kind.SPACE : Kind.BLANK;
    }
    if (Characters.isCjk(first)) {
      return Kind.CJK;
    }
    return Characters.isWordPart(first) ? Kind.WORD : Kind.SYMBOL;
  }
}
