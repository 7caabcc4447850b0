package dev.carousel.translate;

import dev.carousel.text.BpeTokenizer;
import java.util.List;
import java.util.Set;

/** Puts written tokens together again, as their tokenizer cuts them. */
enum Joining {
  /** Subwords, which know where spaces were. */
  SUBWORDS {
    @Override
    String join(List<String> tokens) {
      return BpeTokenizer.decode(tokens);
    }
  },
  /** Characters, and Chinese words: nothing between. */
  CLOSE {
    @Override
    String join(List<String> tokens) {
      return String.join("", tokens);
    }
  },
  /** Data that was tokenised before: a space between any two. */
  SPACES {
    @Override
    String join(List<String> tokens) {
      return String.join(" ", tokens);
    }
  },
  /** Words of a rule-based tokenizer: no space before a stop or a contraction, none after "(". */
  WORDS {
    @Override
    String join(List<String> tokens) {
      StringBuilder text = new StringBuilder();
      boolean close = true;
      for (String token : tokens) {
        if (!close && !LEANS_LEFT.contains(token) && !CONTRACTIONS.contains(token)) {
          text.append(' ');
        }
        text.append(token);
        close = LEANS_RIGHT.contains(token);
      }
      return text.toString();
    }
  };

  private static final Set<String> LEANS_LEFT =
      Set.of(".", ",", "!", "?", ";", ":", "%", ")", "]", "}", "…", "”");
  private static final Set<String> LEANS_RIGHT = Set.of("(", "[", "{", "“", "$", "£");
  private static final Set<String> CONTRACTIONS =
      Set.of("'s", "'re", "'ve", "'ll", "'d", "'m", "n't", "'S", "'RE", "'VE", "'LL", "N'T");

  /** How to join what a tokenizer of this kind cut. */
  static Joining of(String kind) {
    return switch (kind) {
      case "bpe" -> SUBWORDS;
      case "character", "chinese-word" -> CLOSE;
      case "word" -> WORDS;
      default -> SPACES;
    };
  }

  abstract String join(List<String> tokens);
}
