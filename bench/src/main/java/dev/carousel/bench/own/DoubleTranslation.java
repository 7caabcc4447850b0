package dev.carousel.bench.own;

import dev.carousel.bench.own.DoubleLstm.State;
import dev.carousel.bench.row.Decoding;
import dev.carousel.bench.worker.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a row that translates must write: the equations of {@link Decoding} and a beam search as it
 * is told, in double precision, one sentence and one hypothesis at a time.
 */
final class DoubleTranslation {
  private final Decoding decoding;
  private final float[] table;
  private final float[] outputBias;
  private final float[] keys;
  private final float[] combine;
  private final float[] combineBias;
  private final DoubleLstm forward;
  private final DoubleLstm backward;
  private final DoubleLstm decoder;
  private final int features;

  /** An encoded source: keys and values of each step, and where decoding begins. */
  private record Memory(List<double[]> keys, List<double[]> values, State start) {}

  /** Tokens so far, log P, and the state after all but the last of them. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Hypothesis(int[] tokens, double score, State state) {
    Hypothesis with(int token, double total, State after) {
      int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
      longer[tokens.length] = token;
      return new Hypothesis(longer, total, after);
    }

    int last() {
      return tokens.length == 0 ? Decoding.BEGIN : tokens[tokens.length - 1];
    }
  }

  DoubleTranslation(Decoding decoding) {
    this.decoding = decoding;
    table = decoding.weight("source.weight");
    features = decoding.features();
    outputBias = decoding.weight("output.bias");
    keys = decoding.weight("decoder.attention.key.weight");
    combine = decoding.weight("decoder.combine.weight");
    combineBias = decoding.weight("decoder.combine.bias");
    forward = new DoubleLstm(decoding, "encoder.", "");
    backward = new DoubleLstm(decoding, "encoder.", "_reverse");
    decoder = new DoubleLstm(decoding, "decoder.rnn.", "");
  }

  /** The tokens of all sentences and, with a beam, their log P. */
  Answer answer() {
    int[][] sources = decoding.sources();
    int written = decoding.written();
    float[] tokens = new float[sources.length * written];
    float[] scores = new float[sources.length];
    IntStream.range(0, sources.length)
        .parallel()
        .forEach(
            n -> {
              Hypothesis best = search(encode(sources[n]));
              for (int t = 0; t < written; t++) {
                tokens[n * written + t] = best.tokens()[t];
              }
              scores[n] = (float) best.score();
            });
    Answer answer = Answer.empty().with("tokens", tokens);
    return decoding.width() == 1 ? answer : answer.with("scores", scores);
  }

  private Memory encode(int[] ids) {
    double[][] left = new double[ids.length][];
    double[][] right = new double[ids.length][];
    State a = forward.zero();
    State b = backward.zero();
    for (int s = 0; s < ids.length; s++) {
      a = forward.step(embedded(ids[s]), a);
      left[s] = a.h();
      b = backward.step(embedded(ids[ids.length - 1 - s]), b);
      right[ids.length - 1 - s] = b.h();
    }
    Memory memory = new Memory(new ArrayList<>(), new ArrayList<>(), start(a, b));
    for (int s = 0; s < ids.length; s++) {
      double[] both = DoubleLinear.join(left[s], right[s]);
      memory.values().add(both);
      memory.keys().add(DoubleLinear.apply(keys, new float[0], both));
    }
    return memory;
  }

  private double[] embedded(int id) {
    double[] x = new double[features];
    Arrays.setAll(x, i -> table[id * features + i]);
    return x;
  }

  private State start(State a, State b) {
    double[] h = bridge("bridge.h0", DoubleLinear.join(a.h(), b.h()));
    Arrays.setAll(h, i -> Math.tanh(h[i]));
    return new State(h, bridge("bridge.c0", DoubleLinear.join(a.c(), b.c())));
  }

  private double[] bridge(String name, double[] x) {
    return DoubleLinear.apply(
        decoding.weight(name + ".weight"), decoding.weight(name + ".bias"), x);
  }

  private Hypothesis search(Memory memory) {
    List<Hypothesis> beam = List.of(new Hypothesis(new int[0], 0, memory.start()));
    for (int t = 0; t < decoding.written(); t++) {
      List<Hypothesis> next = new ArrayList<>();
      for (Hypothesis h : beam) {
        State after = decoder.step(embedded(h.last()), h.state());
        double[] logs = logProbabilities(after.h(), memory);
        for (int w = Decoding.RESERVED; w < logs.length; w++) {
          insert(next, h, w, h.score() + logs[w], after);
        }
      }
      beam = next;
    }
    return beam.stream().map(h -> ended(h, memory)).reduce(DoubleTranslation::better).orElseThrow();
  }

  private void insert(List<Hypothesis> best, Hypothesis from, int word, double score, State after) {
    int at = best.size();
    while (at > 0 && best.get(at - 1).score() < score) {
      at--;
    }
    if (at < decoding.width()) {
      best.add(at, from.with(word, score, after));
      if (best.size() > decoding.width()) {
        best.remove(best.size() - 1);
      }
    }
  }

  private Hypothesis ended(Hypothesis h, Memory memory) {
    State after = decoder.step(embedded(h.last()), h.state());
    double end = logProbabilities(after.h(), memory)[Decoding.END];
    return new Hypothesis(h.tokens(), h.score() + end, after);
  }

  private static Hypothesis better(Hypothesis a, Hypothesis b) {
    return b.score() > a.score() ? b : a;
  }

  private double[] logProbabilities(double[] h, Memory memory) {
    double[] weights = memory.keys().stream().mapToDouble(k -> DoubleLinear.dot(k, h)).toArray();
    double sum = logOfSum(weights);
    double[] context = new double[memory.values().get(0).length];
    for (int s = 0; s < weights.length; s++) {
      double a = Math.exp(weights[s] - sum);
      for (int i = 0; i < context.length; i++) {
        context[i] += a * memory.values().get(s)[i];
      }
    }
    double[] made = DoubleLinear.apply(combine, combineBias, DoubleLinear.join(context, h));
    Arrays.setAll(made, i -> Math.tanh(made[i]));
    double[] logits = DoubleLinear.apply(table, outputBias, made);
    double all = logOfSum(logits);
    Arrays.setAll(logits, i -> logits[i] - all);
    return logits;
  }

  private static double logOfSum(double[] logs) {
    double most = Arrays.stream(logs).max().orElseThrow();
    return most + Math.log(Arrays.stream(logs).map(v -> Math.exp(v - most)).sum());
  }
}
