package dev.carousel.nn;

import dev.carousel.autograd.RnnInit;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.RnnSpec;

/**
 * What a recurrent layer is.
 *
 * @param spec cell, sizes, layers, direction, projection, precision
 * @param dropout between layers, 0 to below 1; needs at least two layers
 * @param merge of the top layer's two directions; CONCAT for one direction
 * @param init how the weights start
 * @param variant what its cells do beside the plain ones
 */
public record RecurrentSettings(
    RnnSpec spec, double dropout, Merge merge, RnnInit init, CellVariant variant) {
  /** Refuses a combination that would be ignored. */
  public RecurrentSettings {
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "dropout between layers must be 0 to below 1, not " + dropout);
    }
    if (dropout > 0 && spec.layers() == 1) {
      throw new IllegalArgumentException(
          "dropout between layers needs at least two layers; drop the output of one instead");
    }
    if (merge != Merge.CONCAT && spec.direction() == Direction.FORWARD) {
      throw new IllegalArgumentException(merge + " needs a bidirectional network");
    }
    variant.requireFits(spec);
  }

  /** No dropout, CONCAT, the default start, plain cells. */
  public static RecurrentSettings of(RnnSpec spec) {
    return new RecurrentSettings(spec, 0, Merge.CONCAT, RnnInit.DEFAULT, CellVariant.PLAIN);
  }

  /** One forward LSTM layer. */
  public static RecurrentSettings lstm(int inputSize, int hiddenSize) {
    return of(RnnSpec.of(Cell.LSTM, inputSize, hiddenSize));
  }

  /** One forward GRU layer. */
  public static RecurrentSettings gru(int inputSize, int hiddenSize) {
    return of(RnnSpec.of(Cell.GRU, inputSize, hiddenSize));
  }

  /** The same with this dropout between layers. */
  public RecurrentSettings withDropout(double rate) {
    return new RecurrentSettings(spec, rate, merge, init, variant);
  }

  /** The same, merged like this. */
  public RecurrentSettings withMerge(Merge m) {
    return new RecurrentSettings(spec, dropout, m, init, variant);
  }

  /** The same, started like this. */
  public RecurrentSettings withInit(RnnInit i) {
    return new RecurrentSettings(spec, dropout, merge, i, variant);
  }

  /** The same with such cells. */
  public RecurrentSettings withVariant(CellVariant v) {
    return new RecurrentSettings(spec, dropout, merge, init, v);
  }

  /** Features of the layer's output. */
  public int outputSize() {
    return merge == Merge.CONCAT ? spec.outputSize() : spec.stateSize();
  }
}
