package dev.carousel.lm;

import dev.carousel.decode.Sampler;
import dev.carousel.decode.Sampling;
import dev.carousel.text.Vocabulary;
import dev.carousel.train.CarriedState;
import dev.carousel.train.StopSignal;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One text that a language model reads and continues: it holds the state, so the model has none. Of
 * the text it keeps its latest tokens alone, at most {@code 2 * RepetitionControl.MAX_WINDOW}. Not
 * thread safe; the creator closes it, before its model. It begins as if a line had just ended.
 */
public final class Session implements AutoCloseable {
  private static final int CHUNK = 128;

  private final LanguageCodec codec;
  private final LanguageScorer scorer;
  private final @Nullable CarriedState state;
  private final TextWriter writer;
  private final float[] logits;
  private final LatestTokens text = new LatestTokens();
  private int[] recent = {};

  Session(LanguageParts parts) {
    this.codec = parts.codec();
    this.scorer = parts.scorer();
    this.state = scorer.context() == 0 ? scorer.state() : null;
    this.writer = new TextWriter(codec);
    this.logits = new float[codec.vocabulary().size()];
    advance(codec.lineEnd());
  }

  /** Reads text; words and subwords that touch across two calls are two tokens. */
  public void read(String more) {
    int[] ids = codec.encode(more);
    for (int id : ids) {
      writer.piece(id);
      text.add(id);
    }
    advance(ids);
  }

  /** Natural logarithms, up to a constant, of the next token's probabilities; a copy, [V]. */
  public float[] logits() {
    return logits.clone();
  }

  /**
   * Continues the text.
   *
   * @param sampling how tokens are drawn; what the session has read and drawn before counts as
   *     occurred, as far as the window of its repetition control reaches back
   * @param limits when to stop
   * @param pieces receives each token's text as soon as it is drawn
   * @return tokens drawn
   */
  public int generate(Sampling sampling, Limits limits, Consumer<String> pieces) {
    return generate(sampling, limits, pieces, new StopSignal());
  }

  /**
   * The same until somebody asks it to stop, which it does before the next token; the text can be
   * continued later.
   *
   * @return tokens drawn, fewer than the limits allow if {@code stop} ended it
   */
  public int generate(Sampling sampling, Limits limits, Consumer<String> pieces, StopSignal stop) {
    Sampler sampler = new Sampler(sampling, logits.length, Vocabulary.PAD_ID, Vocabulary.UNK_ID);
    text.tell(sampling.repetition().window(), sampler::read);
    int lines = 0;
    int tokens = 0;
    while (tokens < limits.tokens()
        && (limits.lines() == 0 || lines < limits.lines())
        && !stop.requested()) {
      int id = sampler.next(logits);
      pieces.accept(writer.piece(id));
      text.add(id);
      advance(id);
      tokens++;
      lines += id == codec.lineEnd() ? 1 : 0;
    }
    return tokens;
  }

  /** The same as a whole. */
  public String generate(Sampling sampling, Limits limits) {
    StringBuilder whole = new StringBuilder();
    generate(sampling, limits, whole::append);
    return whole.toString();
  }

  /**
   * When a continuation ends.
   *
   * @param tokens at most so many, 0 or more
   * @param lines after so many line ends; 0 for any number
   */
  public record Limits(int tokens, int lines) {
    /** Checks the ranges. */
    public Limits {
      if (tokens < 0 || lines < 0) {
        throw new IllegalArgumentException(
            "tokens and lines must be 0 or more, not %d and %d".formatted(tokens, lines));
      }
    }

    /** So many tokens. */
    public static Limits tokens(int n) {
      return new Limits(n, 0);
    }
  }

  private void advance(int... ids) {
    if (state == null) {
      slide(ids);
      return;
    }
    for (int from = 0; from < ids.length; from += CHUNK) {
      int to = Math.min(ids.length, from + CHUNK);
      scorer.advance(Arrays.copyOfRange(ids, from, to), state, logits);
    }
  }

  /** Of a model that looks at a few tokens only: keeps those and reads them anew. */
  private void slide(int[] ids) {
    if (ids.length == 0) {
      return;
    }
    int[] all = Arrays.copyOf(recent, recent.length + ids.length);
    System.arraycopy(ids, 0, all, recent.length, ids.length);
    recent = Arrays.copyOfRange(all, Math.max(0, all.length - scorer.context()), all.length);
    scorer.after(recent, logits);
  }

  @Override
  public void close() {
    if (state != null) {
      state.close();
    }
  }
}
