package dev.carousel.nn;

import dev.carousel.nn.DecoderSettings.InputFeeding;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;

/**
 * What an {@link EncoderDecoder} is.
 *
 * @param sizes how large
 * @param cell of both networks
 * @param direction of the encoder
 * @param score of the attention
 * @param feeding whether the decoder feeds back what it made
 * @param tying which matrices are one
 * @param dropout while training
 * @param cells what both recurrences do beside the plain cell
 */
public record EncoderDecoderSettings(
    Sizes sizes,
    Cell cell,
    Direction direction,
    AttentionScore score,
    InputFeeding feeding,
    Tying tying,
    Dropouts dropout,
    CellVariant cells) {

  /**
   * Sizes, each at least 1.
   *
   * @param sourceWords rows of the source embedding
   * @param targetWords rows of the target embedding and of the output layer
   * @param embedding E
   * @param hidden H, units of a layer and direction of both networks
   * @param layers of both networks
   */
  public record Sizes(int sourceWords, int targetWords, int embedding, int hidden, int layers) {
    /** Checks the ranges. */
    public Sizes {
      if (Math.min(
              Math.min(sourceWords, targetWords), Math.min(Math.min(embedding, hidden), layers))
          < 1) {
        throw new IllegalArgumentException(
            "words, embedding, hidden and layers must be at least 1, not %d, %d, %d, %d, %d"
                .formatted(sourceWords, targetWords, embedding, hidden, layers));
      }
    }
  }

  /** Matrices that are one and the same (Press and Wolf 2017). */
  public enum Tying {
    /** None. */
    NONE,
    /** The output layer is the target embedding; h̃ has E features. */
    OUTPUT,
    /** The source embedding is the same as well: for one vocabulary. */
    ALL
  }

  /**
   * Rates, 0 to below 1.
   *
   * @param embedding of embedded tokens on both sides
   * @param memory of the encoder's outputs
   * @param output of h̃
   * @param layers between recurrent layers
   */
  public record Dropouts(double embedding, double memory, double output, double layers) {
    /** Nothing is dropped. */
    public static final Dropouts NONE = new Dropouts(0, 0, 0, 0);

    /** Checks the ranges. */
    public Dropouts {
      for (double rate : new double[] {embedding, memory, output, layers}) {
        if (!(rate >= 0 && rate < 1)) {
          throw new IllegalArgumentException("dropout must be 0 to below 1, not " + rate);
        }
      }
    }
  }

  /** Checks that the parts go together. */
  public EncoderDecoderSettings {
    if (tying == Tying.ALL && sizes.sourceWords() != sizes.targetWords()) {
      throw new IllegalArgumentException(
          "one embedding for both sides needs one vocabulary, not %d and %d words"
              .formatted(sizes.sourceWords(), sizes.targetWords()));
    }
    cells.requireFits(cell);
    if (feeding == InputFeeding.ON) {
      requireStepwise(cells, "input feeding");
    }
  }

  /** Of plain cells. */
  public EncoderDecoderSettings(
      Sizes sizes,
      Cell cell,
      Direction direction,
      AttentionScore score,
      InputFeeding feeding,
      Tying tying,
      Dropouts dropout) {
    this(sizes, cell, direction, score, feeding, tying, dropout, CellVariant.PLAIN);
  }

  /** The same of such cells. */
  public EncoderDecoderSettings withCells(CellVariant other) {
    return new EncoderDecoderSettings(
        sizes, cell, direction, score, feeding, tying, dropout, other);
  }

  /**
   * Refuses what a decoder cannot do whose training takes its steps one by one.
   *
   * @param why it does
   * @throws IllegalArgumentException naming both
   */
  public static void requireStepwise(CellVariant cells, String why) {
    if (cells.hiddenDropout() > 0) {
      throw new IllegalArgumentException(
          ("recurrent dropout hides the same units at every step of a text, and %s trains the"
                  + " decoder step by step: leave one of them out")
              .formatted(why));
    }
  }

  /** A, the features of h̃. */
  public int attentional() {
    return tying == Tying.NONE ? sizes.hidden() : sizes.embedding();
  }

  RecurrentSettings encoder(Precision precision) {
    return network(sizes.embedding(), direction, precision);
  }

  RecurrentSettings decoder(Precision precision) {
    int fed = feeding == InputFeeding.ON ? attentional() : 0;
    return network(sizes.embedding() + fed, Direction.FORWARD, precision);
  }

  private RecurrentSettings network(int inputs, Direction reading, Precision precision) {
    RnnSpec spec =
        RnnSpec.of(cell, inputs, sizes.hidden())
            .withLayers(sizes.layers())
            .withDirection(reading)
            .withPrecision(precision);
    RecurrentSettings settings = RecurrentSettings.of(spec).withVariant(cells);
    return sizes.layers() > 1 ? settings.withDropout(dropout.layers()) : settings;
  }
}
