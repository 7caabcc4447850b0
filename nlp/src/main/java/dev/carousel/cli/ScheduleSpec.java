package dev.carousel.cli;

import dev.carousel.train.ConstantRate;
import dev.carousel.train.CosineDecay;
import dev.carousel.train.DelayedDecay;
import dev.carousel.train.ExponentialDecay;
import dev.carousel.train.Goal;
import dev.carousel.train.RateByEpoch;
import dev.carousel.train.ReduceOnPlateau;
import dev.carousel.train.Schedule;
import dev.carousel.train.SlantedTriangle;
import dev.carousel.train.StepDecay;
import dev.carousel.train.WarmUp;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A learning-rate schedule as the command line names it.
 *
 * @param spec name and arguments, such as {@code step:5,0.5}
 * @param warmUp steps over which the rate rises; 0 for none
 * @param goal which way the deciding metric gets better
 */
record ScheduleSpec(String spec, long warmUp, Goal goal) {
  /**
   * The schedule.
   *
   * @param rate the first learning rate
   * @param epochs how many are planned
   * @throws IllegalArgumentException if the name or its arguments are not understood
   */
  Schedule schedule(double rate, int epochs) {
    Schedule plain = plain(rate, epochs);
    return warmUp == 0 ? plain : new WarmUp(plain, warmUp, WarmUp.Shape.LINEAR);
  }

  private Schedule plain(double rate, int epochs) {
    int colon = spec.indexOf(':');
    String name = colon < 0 ? spec : spec.substring(0, colon);
    List<String> given = colon < 0 ? List.of() : List.of(spec.substring(colon + 1).split(",", -1));
    return switch (name) {
      case "constant" -> {
        require(given, 0);
        yield new ConstantRate(rate);
      }
      case "step" -> {
        require(given, 2);
        yield new StepDecay(rate, number(given, 1), whole(given, 0), Schedule.Unit.EPOCH);
      }
      case "hold" -> {
        require(given, 2);
        yield new DelayedDecay(rate, number(given, 1), whole(given, 0));
      }
      case "exponential" -> {
        require(given, 1);
        yield new ExponentialDecay(rate, number(given, 0), Schedule.Unit.EPOCH);
      }
      case "cosine" -> {
        require(given, given.isEmpty() ? 0 : 1);
        double minimum = given.isEmpty() ? 0 : number(given, 0);
        yield new CosineDecay(rate, minimum, epochs, Schedule.Unit.EPOCH);
      }
      case "slanted" -> {
        require(given, 0);
        yield SlantedTriangle.of(rate, epochs);
      }
      case "plateau" -> {
        require(given, 2);
        yield new ReduceOnPlateau(rate, number(given, 1), (int) whole(given, 0), 0, goal);
      }
      case "epochs" -> new RateByEpoch(table(given));
      default -> throw misunderstood();
    };
  }

  private void require(List<String> given, int count) {
    if (given.size() != count) {
      throw misunderstood();
    }
  }

  private double number(List<String> given, int index) {
    try {
      return Double.parseDouble(given.get(index));
    } catch (NumberFormatException e) {
      throw misunderstood();
    }
  }

  private long whole(List<String> given, int index) {
    double value = number(given, index);
    if (value != Math.rint(value) || value < 0 || value > Integer.MAX_VALUE) {
      throw misunderstood();
    }
    return (long) value;
  }

  private Map<Integer, Double> table(List<String> given) {
    Map<Integer, Double> rates = new TreeMap<>();
    for (String entry : given) {
      List<String> pair = List.of(entry.split("=", -1));
      require(pair, 2);
      rates.put((int) whole(pair, 0), number(pair, 1));
    }
    return rates;
  }

  private IllegalArgumentException misunderstood() {
    return new IllegalArgumentException(
        "--schedule "
            + spec
            + " is not understood; use constant, step:EPOCHS,FACTOR, hold:EPOCHS,FACTOR, exponential:FACTOR, cosine,"
            + " cosine:MINIMUM, slanted, plateau:PATIENCE,FACTOR or epochs:0=RATE,E=RATE");
  }
}
