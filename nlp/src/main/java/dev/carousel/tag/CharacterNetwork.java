package dev.carousel.tag;

import dev.carousel.autograd.Init;
import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Var;
import dev.carousel.model.TokenBatch;
import dev.carousel.nn.Embedding;
import dev.carousel.nn.Linear;
import dev.carousel.nn.Recurrent;
import dev.carousel.nn.RecurrentSettings;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Activation;
import dev.carousel.spi.Pooling;
import dev.carousel.tag.TagTensors.CharacterTensors;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Features of words from their characters: R words of at most L characters, E features of a
 * character, F of a word.
 *
 * <pre>
 * LSTM:  last(bilstm(embedding(ids)))                                    [R, 2F]
 * CNN:   max_t tanh(W [e(t − w/2); …; e(t + w/2)] + b), zeros beyond the ends   [R, F]
 * </pre>
 *
 * <p>The convolution is one matrix product over the embeddings of a window's characters side by
 * side.
 */
sealed interface CharacterNetwork {
  /**
   * Lengths are rounded up to a multiple of this: the number of words varies from batch to batch.
   */
  int ROUNDING = 8;

  /**
   * Declares the parameters, {@code characters.embedding.weight} and those of the kind.
   *
   * @param known number of characters that have an embedding
   */
  static CharacterNetwork declare(ParameterSet.Builder set, CharacterSettings settings, int known) {
    Embedding table =
        new Embedding(set, "characters.embedding", known, settings.embedding(), Init.normal(0.1));
    return settings.kind() == CharacterFeatures.LSTM
        ? new Lstm(set, settings, table)
        : new Cnn(set, settings, table);
  }

  /** Uploads the ids of R words' characters; a word may have none. */
  CharacterTensors upload(Inputs inputs, List<int[]> words);

  /** The features of the R words, [R, F or 2F]. */
  Var apply(Ops ops, CharacterTensors words);

  /** Where a bidirectional LSTM over the characters ends. */
  final class Lstm implements CharacterNetwork {
    private final Embedding table;
    private final Recurrent rnn;

    private Lstm(ParameterSet.Builder set, CharacterSettings settings, Embedding table) {
      this.table = table;
      this.rnn =
          new Recurrent(
              set,
              "characters.rnn",
              RecurrentSettings.of(
                  RnnSpec.of(Cell.LSTM, settings.embedding(), settings.size())
                      .withDirection(Direction.BIDIRECTIONAL)
                      .withPrecision(set.precision())));
    }

    @Override
    public CharacterTensors upload(Inputs inputs, List<int[]> words) {
      TokenBatch centre = TokenBatch.upload(inputs, words, ROUNDING);
      return new CharacterTensors(centre, List.of(centre.ids()));
    }

    @Override
    public Var apply(Ops ops, CharacterTensors words) {
      TokenBatch batch = words.centre();
      Var y = rnn.apply(ops, table.apply(ops, batch.ids()), batch.lengths());
      return ops.pool(Pooling.LAST, Direction.BIDIRECTIONAL, y, batch.lengths());
    }
  }

  /** The maximum of a convolution over the characters. */
  final class Cnn implements CharacterNetwork {
    private final Embedding table;
    private final Linear filters;
    private final int window;

    private Cnn(ParameterSet.Builder set, CharacterSettings settings, Embedding table) {
      this.table = table;
      this.window = settings.window();
      this.filters =
          new Linear(set, "characters.filters", window * settings.embedding(), settings.size());
    }

    @Override
    public CharacterTensors upload(Inputs inputs, List<int[]> words) {
      TokenBatch centre = TokenBatch.upload(inputs, words, ROUNDING);
      int steps = centre.lengths().maxSteps();
      List<Tensor> seen = new ArrayList<>();
      for (int i = 0; i < window; i++) {
        int offset = i - window / 2;
        seen.add(
            offset == 0
                ? centre.ids()
                : inputs.upload(shifted(words, steps, offset), steps, words.size()));
      }
      return new CharacterTensors(centre, seen);
    }

    @Override
    public Var apply(Ops ops, CharacterTensors words) {
      Var[] seen = words.window().stream().map(ids -> table.apply(ops, ids)).toArray(Var[]::new);
      Var side = window == 1 ? seen[0] : ops.concat(seen);
      Var y = ops.activate(Activation.TANH, filters.apply(ops, side));
      return ops.pool(Pooling.MAX, Direction.FORWARD, y, words.centre().lengths());
    }

    /** At step t the character of step t + offset, [L, R]; −1 beyond the ends. */
    private static int[] shifted(List<int[]> words, int steps, int offset) {
      int rows = words.size();
      int[] ids = new int[steps * rows];
      Arrays.fill(ids, -1);
      for (int r = 0; r < rows; r++) {
        int[] word = words.get(r);
        for (int t = Math.max(0, -offset); t < Math.min(word.length, word.length - offset); t++) {
          ids[t * rows + r] = word[t + offset];
        }
      }
      return ids;
    }
  }
}
