package dev.carousel.decode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The same searches on {@link PrefixModel} written down as they are defined, in lists. */
final class NaiveSearch {
  private final int words;
  private final int id;
  private final int limit;
  private final BeamSettings settings;

  NaiveSearch(int words, int id, int limit, BeamSettings settings) {
    this.words = words;
    this.id = id;
    this.limit = limit;
    this.settings = settings;
  }

  /** A prefix, which begins with BEGIN, and its log probability. */
  record Partial(List<Integer> prefix, double logProbability) {
    Partial with(int token, double p) {
      List<Integer> longer = new ArrayList<>(prefix);
      longer.add(token);
      return new Partial(longer, logProbability + Math.log(p));
    }
  }

  /** Every sequence there is, best first. */
  List<Hypothesis> exhaustive() {
    List<Hypothesis> all = new ArrayList<>();
    everything(new Partial(List.of(PrefixModel.BEGIN), 0), all);
    all.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
    return all.stream().limit(settings.nBest()).toList();
  }

  private void everything(Partial p, List<Hypothesis> into) {
    float[] next = PrefixModel.probabilities(words, id, p.prefix());
    into.add(finished(p.with(PrefixModel.END, next[PrefixModel.END])));
    if (p.prefix().size() - 1 < limit) {
      for (int w = PrefixModel.END + 1; w < words; w++) {
        everything(p.with(w, next[w]), into);
      }
    }
  }

  /** A beam that stops only when it has B results or nothing goes on. */
  List<Hypothesis> beam() {
    int width = settings.width();
    List<Hypothesis> results = new ArrayList<>();
    List<Partial> live = List.of(new Partial(List.of(PrefixModel.BEGIN), 0));
    while (!live.isEmpty() && results.size() < width) {
      List<Partial> all = new ArrayList<>();
      for (Partial p : live) {
        float[] next = PrefixModel.probabilities(words, id, p.prefix());
        boolean last = p.prefix().size() - 1 == limit;
        for (int w = PrefixModel.END; w < (last ? PrefixModel.END + 1 : words); w++) {
          all.add(p.with(w, next[w]));
        }
      }
      all.sort(Comparator.comparingDouble(Partial::logProbability).reversed());
      List<Partial> next = new ArrayList<>();
      for (int rank = 0; rank < all.size(); rank++) {
        Partial p = all.get(rank);
        if (p.prefix().get(p.prefix().size() - 1) == PrefixModel.END) {
          if (rank < width && results.size() < width) {
            results.add(finished(p));
          }
        } else if (next.size() < width && rank < 2 * width) {
          next.add(p);
        }
      }
      live = next;
    }
    results.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
    return results.stream().limit(settings.nBest()).toList();
  }

  private Hypothesis finished(Partial p) {
    int y = p.prefix().size() - 1;
    double[] covered = new double[PrefixModel.length(id)];
    for (int j = 1; j <= y; j++) {
      float[] a = PrefixModel.attention(id, p.prefix().subList(0, j));
      for (int i = 0; i < covered.length; i++) {
        covered[i] += a[i];
      }
    }
    double cp = 0;
    for (double c : covered) {
      cp += Math.log(Math.min(c, 1));
    }
    double lp = Math.pow(5 + y, settings.lengthPenalty()) / Math.pow(6, settings.lengthPenalty());
    int[] tokens = p.prefix().subList(1, y).stream().mapToInt(t -> t).toArray();
    double score = p.logProbability() / lp + settings.coveragePenalty() * cp;
    Ending ending = tokens.length == limit ? Ending.FORCED : Ending.WRITTEN;
    return new Hypothesis(tokens, score, p.logProbability(), ending, new float[0][]);
  }
}
