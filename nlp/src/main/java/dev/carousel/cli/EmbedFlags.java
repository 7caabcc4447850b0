package dev.carousel.cli;

import dev.carousel.embed.SkipGramSettings;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Tokenizer;
import java.io.IOException;
import picocli.CommandLine.Option;

/** Flags: how word vectors are learned. */
final class EmbedFlags {
  private static final SkipGramSettings DEFAULT = SkipGramSettings.DEFAULT;

  @Option(
      names = "--dim",
      paramLabel = "N",
      description = "Features of a vector (default: ${DEFAULT-VALUE}).")
  private int dim = DEFAULT.size();

  @Option(
      names = "--window",
      paramLabel = "N",
      description = {
        "Words on each side that a word is to predict, at most; nearer ones count more",
        "(default: ${DEFAULT-VALUE})."
      })
  private int window = DEFAULT.window();

  @Option(
      names = "--negative",
      paramLabel = "N",
      description = "Noise words beside each predicted one (default: ${DEFAULT-VALUE}).")
  private int negative = DEFAULT.negative();

  @Option(
      names = "--subsample",
      paramLabel = "T",
      description = {
        "Of a word with the share f of the text read only sqrt(T/f) of its occurrences; 1e-5 to",
        "1e-3, the larger the text the smaller; 0 for all (default: ${DEFAULT-VALUE})."
      })
  private double subsample = DEFAULT.subsample();

  @Option(
      names = "--min-count",
      paramLabel = "N",
      description = "Leave out words that occur less often (default: ${DEFAULT-VALUE}).")
  private long minCount = DEFAULT.minCount();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Go so often through the text (default: ${DEFAULT-VALUE}).")
  private int epochs = DEFAULT.passes().epochs();

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = {
        "Learning rate at the beginning; it falls linearly to nearly 0",
        "(default: ${DEFAULT-VALUE})."
      })
  private double rate = DEFAULT.passes().rate();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = {
        "Threads that learn at once. 1 gives the same vectors each time; more are quicker, and two",
        "runs differ a little (default: ${DEFAULT-VALUE})."
      })
  private int threads = DEFAULT.passes().threads();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of all that is drawn (default: ${DEFAULT-VALUE}).")
  private long seed = DEFAULT.passes().seed();

  @Option(
      names = "--tokenizer",
      paramLabel = "KIND",
      description = {
        "word, word:keep (contractions stay whole), chinese-word, character (white space dropped)",
        "or whitespace (text that was tokenised before) (default: ${DEFAULT-VALUE})."
      })
  private String tokenizer = "word";

  @Option(
      names = "--normalize",
      paramLabel = "STEPS",
      description = {
        "none, or of nfkc, straight-quotes, lower-case, zero-digits, simplified or traditional",
        "(Chinese script) any, joined by + (default: ${DEFAULT-VALUE})."
      })
  private String normalize = "nfkc+straight-quotes+lower-case";

  SkipGramSettings settings() {
    return new SkipGramSettings(
        dim,
        window,
        negative,
        subsample,
        minCount,
        new SkipGramSettings.Passes(epochs, rate, threads, seed));
  }

  Tokenizer tokenizer() throws IOException {
    if (tokenizer.equals("character:keep")) {
      throw new IllegalArgumentException(
          "--tokenizer character:keep gives white space, which no file of vectors can hold;"
              + " use character");
    }
    if (TokenizerFlag.isFile(tokenizer)) {
      throw new IllegalArgumentException(
          "--tokenizer hf:FILE gives pieces of words, but vectors are of whole ones; choose"
              + " another");
    }
    return TokenizerFlag.open(tokenizer, Normalizer.parse(normalize));
  }
}
