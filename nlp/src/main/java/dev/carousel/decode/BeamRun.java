package dev.carousel.decode;

import dev.carousel.train.StopSignal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One search. B hypotheses of N sequences, row b·N + n; when half of the sequences are done, the
 * others are numbered anew and the rest are given up, so few batch sizes occur.
 */
final class BeamRun {
  private final BeamSettings settings;
  private final Rules rules;
  private final NextTokens model;
  private final AttentionMaps maps;
  private final StopSignal stop;
  private final int width;
  private final int words;
  private final Sentence[] all;
  private final History history;
  private final Candidates candidates;
  private final float @Nullable [] attention;
  private final @Nullable Coverage coverage;
  private final @Nullable Repetition repetition;
  private final int[] parents;
  private final int[] tokens;

  /** The sequence that each number stands for now. */
  private Sentence[] live;

  private int step;

  BeamRun(BeamSettings settings, Rules rules, NextTokens model, BeamSearch.Budget budget) {
    this.settings = settings;
    this.rules = rules;
    this.model = model;
    this.maps = budget.maps();
    this.stop = budget.stop();
    width = settings.width();
    words = model.words();
    int rows = Math.multiplyExact(model.sequences(), width);
    int sourceSteps = model.sourceSteps();
    all =
        Arrays.stream(budget.limits())
            .mapToObj(limit -> new Sentence(settings, limit))
            .toArray(Sentence[]::new);
    live = all;
    history = new History(budget.steps(), rows, maps == AttentionMaps.KEPT ? sourceSteps : 0);
    candidates = new Candidates(2 * width);
    boolean covers = settings.coveragePenalty() > 0;
    attention = covers || maps == AttentionMaps.KEPT ? new float[rows * sourceSteps] : null;
    coverage = covers ? new Coverage(rows, sourceSteps) : null;
    repetition = rules.noRepeat() == 0 ? null : new Repetition(rules.noRepeat(), budget.steps());
    parents = new int[rows];
    tokens = new int[rows];
  }

  List<List<Hypothesis>> run() {
    begin();
    while (live.length > 0) {
      if (stop.requested()) {
        Stream.of(live).forEach(s -> s.shorten(step));
      }
      Probabilities next = model.advance(live.length * width, parents, tokens, attention);
      look();
      for (int n = 0; n < live.length; n++) {
        if (!live[n].done()) {
          extend(n, next);
        }
      }
      shrink();
      step++;
    }
    return Stream.of(all).map(Sentence::best).toList();
  }

  /** Only the first hypothesis of each sequence begins; the others would be the same. */
  private void begin() {
    for (int row = 0; row < parents.length; row++) {
      parents[row] = row % live.length;
      tokens[row] = rules.begin();
    }
    for (Sentence s : live) {
      Arrays.fill(s.scores, 1, width, Double.NEGATIVE_INFINITY);
    }
  }

  private void look() {
    if (attention != null) {
      int rows = live.length * width;
      history.look(step, attention, rows);
      if (coverage != null) {
        coverage.look(attention, rows);
      }
    }
  }

  /** Chooses how sequence {@code n} goes on. */
  private void extend(int n, Probabilities probabilities) {
    Sentence s = live[n];
    candidates.clear();
    for (int b = 0; b < width; b++) {
      if (s.scores[b] > Double.NEGATIVE_INFINITY) {
        int row = b * live.length + n;
        int from = probabilities.from() + row * words;
        forbid(row, s, probabilities.values(), from);
        candidates.offer(row, s.scores[b], probabilities.values(), from, words);
      }
    }
    int next = 0;
    for (int rank = 0; rank < candidates.size(); rank++) {
      if (candidates.word(rank) == rules.end()) {
        if (rank < width && !s.full()) {
          finish(n, candidates.row(rank), candidates.score(rank));
        }
      } else if (next < width) {
        s.scores[next] = candidates.score(rank);
        s.parents[next] = candidates.row(rank);
        s.tokens[next++] = candidates.word(rank);
      }
    }
    for (int b = next; b < width; b++) {
      s.scores[b] = Double.NEGATIVE_INFINITY;
      s.parents[b] = n;
      s.tokens[b] = rules.begin();
    }
    if (next == 0 || s.full() || s.decided(s.scores[0])) {
      s.finish();
    }
  }

  private void forbid(int row, Sentence s, float[] probabilities, int from) {
    for (int token : rules.never()) {
      probabilities[from + token] = 0;
    }
    if (repetition != null) {
      repetition.forbid(history, row, step, probabilities, from);
    }
    // where nothing else may follow somebody has to end, however sure the model is that it goes on
    float end = Math.max(probabilities[from + rules.end()], Float.MIN_VALUE);
    if (step == s.limit()) {
      Arrays.fill(probabilities, from, from + words, 0);
    }
    probabilities[from + rules.end()] = end;
  }

  private void finish(int n, int row, double logProbability) {
    int length = model.sourceSteps() == 0 ? 0 : model.sourceLength(n);
    double covered = coverage == null ? 0 : coverage.penalty(row, length);
    live[n].add(
        new Hypothesis(
            history.tokens(row, step),
            settings.score(logProbability, step + 1, covered),
            logProbability,
            step == live[n].limit() ? Ending.FORCED : Ending.WRITTEN,
            maps == AttentionMaps.KEPT ? history.attention(row, step, length) : new float[0][]));
  }

  /** Numbers the sequences of the next step, and hands its rows their parents and tokens. */
  private void shrink() {
    int open = open();
    int count = live.length;
    while (open > 0 && (count + 1) / 2 >= open && count > 1) {
      count = (count + 1) / 2;
    }
    if (open == 0) {
      live = new Sentence[0];
      return;
    }
    if (count < live.length) {
      keep(count, open);
    }
    for (int n = 0; n < live.length; n++) {
      for (int b = 0; b < width; b++) {
        follow(b * live.length + n, live[n], b);
      }
    }
    if (coverage != null) {
      coverage.turn();
    }
  }

  private int open() {
    int open = 0;
    for (Sentence s : live) {
      open += s.done() ? 0 : 1;
    }
    return open;
  }

  private void keep(int count, int open) {
    int[] kept =
        IntStream.concat(
                IntStream.range(0, live.length).filter(n -> !live[n].done()),
                IntStream.range(0, live.length).filter(n -> live[n].done()).limit(count - open))
            .toArray();
    model.keep(kept);
    live = Arrays.stream(kept).mapToObj(n -> live[n]).toArray(Sentence[]::new);
  }

  /** A sequence that is done only fills its place. */
  private void follow(int row, Sentence s, int b) {
    parents[row] = s.done() ? 0 : s.parents[b];
    tokens[row] = s.done() ? rules.begin() : s.tokens[b];
    history.write(step, row, parents[row], tokens[row]);
    if (coverage != null) {
      coverage.follow(row, parents[row]);
    }
  }
}
