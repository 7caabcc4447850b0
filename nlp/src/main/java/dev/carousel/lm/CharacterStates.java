package dev.carousel.lm;

import dev.carousel.autograd.Eval;
import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.model.EvalPool;
import dev.carousel.model.LengthBatches;
import dev.carousel.model.TokenBatch;
import dev.carousel.rnn.Lengths;
import dev.carousel.tensor.Tensor;
import dev.carousel.text.TokenizedText;
import dev.carousel.train.CarriedState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The states of a model of characters at the tokens of texts: what it has understood when it has
 * read a token, given all before it (Akbik, Blythe and Vollgraf 2018, "Contextual String Embeddings
 * for Sequence Labeling", equation 6). Each text begins as if a line had just ended. Immutable, and
 * safe for any number of threads, until its model is closed.
 */
public final class CharacterStates {
  /** Characters that are read at once, in all rows together. */
  private static final int MAX_CHARACTERS = 1 << 12;

  /** Numbers of a one-hot input at once. */
  private static final int MAX_INPUTS = 1 << 22;

  private final LanguageParts parts;
  private final int size;

  CharacterStates(LanguageParts parts) {
    LanguageConfig config = parts.config();
    if (config.level() != Level.CHARACTER || config.context() > 0) {
      throw new IllegalArgumentException(
          "contextual features need a model of characters that carries its state, not %s%s"
              .formatted(config.level(), config.context() > 0 ? " in sliding windows" : ""));
    }
    this.parts = parts;
    List<Integer> widths = config.architecture().widths();
    this.size = widths.get(widths.size() - 1);
  }

  /** H, units of the last layer. */
  public int size() {
    return size;
  }

  /**
   * Reads texts.
   *
   * @return for each text the last layer's values at its T tokens, [T, H]
   */
  public List<float[]> read(List<TokenizedText> texts) {
    List<CharacterStream> all =
        texts.stream().map(text -> CharacterStream.of(parts.codec(), text)).toList();
    float[][] states = new float[texts.size()][];
    List<List<Integer>> batches =
        LengthBatches.of(all.size(), i -> all.get(i).ids().length, MAX_CHARACTERS);
    for (List<Integer> batch : batches) {
      List<float[]> part = readBatch(batch.stream().map(all::get).toList());
      for (int i = 0; i < part.size(); i++) {
        states[batch.get(i)] = part.get(i);
      }
    }
    return List.of(states);
  }

  /** Window after window, so that memory does not grow with the texts' length. */
  private List<float[]> readBatch(List<CharacterStream> rows) {
    List<float[]> states = rows.stream().map(row -> new float[row.steps().length * size]).toList();
    int longest = rows.stream().mapToInt(row -> row.ids().length).max().orElse(0);
    int most = window(rows.size());
    EvalPool evals = parts.evals();
    try (CarriedState carried =
        evals.run(e -> new CarriedState(e.backend(), parts.network().parts(), rows.size()))) {
      for (int from = 0; from < longest; from += most) {
        int first = from;
        int steps = Math.min(most, TokenBatch.steps(longest - from));
        float[] values = evals.run(eval -> window(eval, rows, first, steps, carried));
        for (int n = 0; n < rows.size(); n++) {
          collect(new Column(values, n, rows.size()), first, rows.get(n).steps(), states.get(n));
        }
      }
    }
    return states;
  }

  private int window(int rows) {
    int most = MAX_CHARACTERS / rows;
    if (parts.config().architecture().embedding() == 0) {
      most = (int) Math.min(most, MAX_INPUTS / ((long) rows * parts.network().words()));
    }
    return Math.max(1, most);
  }

  /** The last layer's values at {@code steps} steps from {@code from} on, [T, N, H]. */
  private float[] window(
      Eval eval, List<CharacterStream> rows, int from, int steps, CarriedState carried) {
    int n = rows.size();
    int[] ids = new int[steps * n];
    Arrays.fill(ids, -1);
    int[] lengths = new int[n];
    for (int row = 0; row < n; row++) {
      int[] stream = rows.get(row).ids();
      lengths[row] = Math.max(0, Math.min(steps, stream.length - from));
      for (int t = 0; t < lengths[row]; t++) {
        ids[t * n + row] = stream[from + t];
      }
    }
    List<StateVar> last = new ArrayList<>();
    Inputs step = Inputs.ofStep(eval);
    Lengths ragged = step.lengths(steps, lengths);
    Tensor inputs = parts.network().upload(step, ids, steps, n);
    Var h = parts.network().hidden(eval, inputs, ragged, carried.begin(eval), last);
    carried.keep(last);
    float[] values = new float[steps * n * size];
    eval.backend().memory().download(h.value(), values, 0);
    return values;
  }

  /**
   * One row of a window.
   *
   * @param values [T, N, H]
   * @param row n
   * @param rows N
   */
  @SuppressWarnings("ArrayRecordComponent") // a view for one call
  private record Column(float[] values, int row, int rows) {
    int steps(int size) {
      return values.length / (rows * size);
    }
  }

  /** Takes the states of those tokens that stand in this window. */
  private void collect(Column from, int first, int[] steps, float[] states) {
    for (int i = 0; i < steps.length; i++) {
      int t = steps[i] - first;
      if (t >= 0 && t < from.steps(size)) {
        int at = (t * from.rows() + from.row()) * size;
        System.arraycopy(from.values(), at, states, i * size, size);
      }
    }
  }
}
