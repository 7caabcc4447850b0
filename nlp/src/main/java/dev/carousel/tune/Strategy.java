package dev.carousel.tune;

import java.util.ArrayList;
import java.util.List;

/** Who of the trials may train how long. */
public sealed interface Strategy {
  /**
   * The stages of a search, the shortest first.
   *
   * @param trials how many begin, at least 1
   */
  List<Rung> rungs(int trials);

  /** Every trial is trained to its end: random search (Bergstra and Bengio 2012). */
  record RandomSearch() implements Strategy {
    @Override
    public List<Rung> rungs(int trials) {
      return List.of(new Rung(Integer.MAX_VALUE, trials));
    }
  }

  /**
   * Successive halving (Jamieson and Talwalkar 2016): all trials are trained a little, the best of
   * them {@code eta} times longer, and so on. With R the most epochs and K = ⌊log_eta(R / least)⌋,
   * rung k of 0 … K trains the best ⌊trials / eta^k⌋ up to epoch ⌊R / eta^(K − k)⌋.
   *
   * @param eta one of so many goes on, at least 2
   * @param least epochs of the first rung, at least 1
   * @param most epochs of the last, R, at least {@code eta · least}
   */
  record SuccessiveHalving(int eta, int least, int most) implements Strategy {
    /** Checks the ranges. */
    public SuccessiveHalving {
      if (eta < 2 || least < 1 || (long) least * eta > most) {
        throw new IllegalArgumentException(
            ("successive halving needs --eta 2 or more, --min-epochs 1 or more, and --max-epochs of"
                    + " eta times that or more, not %d, %d and %d")
                .formatted(eta, least, most));
      }
    }

    @Override
    public List<Rung> rungs(int trials) {
      int last = 0;
      for (long epochs = (long) least * eta; epochs <= most; epochs *= eta) {
        last++;
      }
      List<Rung> rungs = new ArrayList<>();
      for (int k = 0; k <= last; k++) {
        int share = (int) Math.pow(eta, last - k);
        int going = Math.max(1, (int) (trials / Math.pow(eta, k)));
        rungs.add(new Rung(most / share, going));
      }
      return rungs;
    }
  }
}
