package dev.carousel.tag;

import dev.carousel.eval.TagSpans;
import dev.carousel.text.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tagger says of one sentence.
 *
 * @param text the sentence; of tokens, joined by spaces
 * @param tokens its tokens with where they stand in the text
 * @param tags a tag for each token
 * @param intent what the sentence as a whole is; null where the model knows no intents
 */
public record Tagging(String text, List<Token> tokens, List<String> tags, @Nullable String intent) {
  /** Copies and checks. */
  public Tagging {
    tokens = List.copyOf(tokens);
    tags = List.copyOf(tags);
    if (tokens.size() != tags.size()) {
      throw new IllegalArgumentException(tokens.size() + " tokens, but " + tags.size() + " tags");
    }
  }

  /** The spans that the tags describe, in order; for plain tags each run of equal ones. */
  public List<Span> spans() {
    return TagSpans.of(tags).stream()
        .map(
            span -> {
              int start = tokens.get(span.start()).start();
              int end = tokens.get(span.end() - 1).end();
              return new Span(span.type(), start, end, text.substring(start, end));
            })
        .toList();
  }
}
