package dev.carousel.task;

/**
 * What is dropped while a text classifier trains. All rates are probabilities, 0 (nothing) to below
 * 1.
 *
 * @param dropout single units of the embedded tokens, between recurrent layers, and of the pooled
 *     features (Srivastava et al. 2014)
 * @param locked units of the embedded tokens and of the recurrent outputs, the same ones at every
 *     step of a text (Gal and Ghahramani 2016)
 * @param embedding whole words of the vocabulary, wherever they occur in a batch (ibid.)
 * @param word single tokens, which become the unknown word: the model learns to live with words it
 *     has never seen (Iyyer et al. 2015)
 */
public record Regularisation(double dropout, double locked, double embedding, double word) {
  /** Nothing is dropped. */
  public static final Regularisation NONE = new Regularisation(0, 0, 0, 0);

  /** Half of the units, a twentieth of the tokens. */
  public static final Regularisation DEFAULT = new Regularisation(0.5, 0, 0, 0.05);

  /** Checks the ranges. */
  public Regularisation {
    requireRate("dropout", dropout);
    requireRate("locked dropout", locked);
    requireRate("embedding dropout", embedding);
    requireRate("word dropout", word);
  }

  private static void requireRate(String name, double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(name + " must be 0 to below 1, not " + rate);
    }
  }
}
