package dev.carousel.lm;

import dev.carousel.eval.Measurement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How well a language model predicts a text of M tokens and K characters, of which token i has the
 * probability p_i given all that comes before it.
 *
 * <pre>
 * nats = −Σ ln p_i     loss = nats / M     perplexity = e^loss
 * bits per character = nats / (K ln 2)
 * </pre>
 *
 * At the levels of words and subwords the end of each line is a token and a character; unknown
 * words count as {@code <unk>}, so their spelling is not predicted.
 *
 * @param nats the sum
 * @param tokens M, at least 1
 * @param characters K
 * @param seconds that scoring took
 */
public record LanguageEvaluation(double nats, long tokens, long characters, double seconds)
    implements Measurement {

  /** Mean cross entropy of a token in nats. */
  public double loss() {
    return nats / tokens;
  }

  /** e^loss: among how many equally probable tokens the model would be as uncertain. */
  public double perplexity() {
    return Math.exp(loss());
  }

  /** Mean cross entropy of a character in bits. */
  public double bitsPerCharacter() {
    return nats / (characters * Math.log(2));
  }

  @Override
  public Map<String, Number> figures() {
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("perplexity", perplexity());
    figures.put("bitsPerCharacter", bitsPerCharacter());
    figures.put("loss", loss());
    figures.put("tokens", tokens);
    return figures;
  }

  @Override
  public String summary() {
    return String.format(
        Locale.ROOT,
        "perplexity %.4f  bits/character %.4f  loss %.4f  on %,d tokens, %,d characters",
        perplexity(),
        bitsPerCharacter(),
        loss(),
        tokens,
        characters);
  }
}
