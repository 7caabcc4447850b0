package dev.carousel.kit.run;

import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.kit.run.RnnCase.Operand;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Sets of cases over every cell, both directions, odd sizes, paddings and absent operands. */
public final class RnnCases {
  private static final long SEED = 20_240_917;
  private static final int[] LAYERS = {1, 2, 3};
  private static final int[] BATCH = {1, 3, 7};
  private static final int[] STEPS = {1, 5, 13};
  private static final int[] INPUT = {1, 5, 17};
  private static final int[] HIDDEN = {1, 7, 33, 64};
  private static final List<Cell> CELLS = List.of(Cell.values());
  private static final List<Direction> DIRECTIONS = List.of(Direction.values());
  private static final List<LengthPattern> PATTERNS = List.of(LengthPattern.values());
  private static final List<Operand> OPERANDS = List.of(Operand.values());
  private static final int PROJECTED = CELLS.size();
  private static final int[] LEVELS = {
    PROJECTED + 1,
    DIRECTIONS.size(),
    LAYERS.length,
    BATCH.length,
    STEPS.length,
    INPUT.length,
    HIDDEN.length,
    PATTERNS.size(),
    2,
    2,
    2,
    2,
    2,
    2
  };
  private static final int FIRST_OPERAND = 8;

  private RnnCases() {}

  /** A few dozen cases in which every two levels meet. */
  public static List<RnnCase> pairwise(Precision precision) {
    return cases(Pairwise.combinations(SEED, LEVELS), precision);
  }

  /** {@code count} cases drawn from the whole product. */
  public static List<RnnCase> sample(int count, Precision precision) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] row = new int[LEVELS.length];
      for (int f = 0; f < row.length; f++) {
        row[f] = random.nextInt(LEVELS[f]);
      }
      rows.add(row);
    }
    return cases(rows, precision);
  }

  /** The six kinds of network that exist, the LSTM with and without projection. */
  public static List<RnnSpec> kinds(int input, int hidden, Precision precision) {
    List<RnnSpec> kinds = new ArrayList<>();
    for (int k = 0; k <= PROJECTED; k++) {
      kinds.add(spec(k, input, hidden).withPrecision(precision));
    }
    return kinds;
  }

  private static RnnSpec spec(int kind, int input, int hidden) {
    if (kind < PROJECTED) {
      return RnnSpec.of(CELLS.get(kind), input, hidden);
    }
    int h = Math.max(2, hidden);
    return RnnSpec.of(Cell.LSTM, input, h).withProjection((h + 1) / 2);
  }

  private static List<RnnCase> cases(List<int[]> rows, Precision precision) {
    List<RnnCase> cases = new ArrayList<>();
    for (int[] row : rows) {
      cases.add(of(row, SEED + cases.size()).withPrecision(precision));
    }
    return cases;
  }

  private static RnnCase of(int[] row, long seed) {
    RnnSpec spec =
        spec(row[0], INPUT[row[5]], HIDDEN[row[6]])
            .withDirection(DIRECTIONS.get(row[1]))
            .withLayers(LAYERS[row[2]]);
    Set<Operand> operands = EnumSet.noneOf(Operand.class);
    for (int i = 0; i < OPERANDS.size(); i++) {
      if (row[FIRST_OPERAND + i] == 1) {
        operands.add(OPERANDS.get(i));
      }
    }
    return new RnnCase(spec, STEPS[row[4]], BATCH[row[3]], PATTERNS.get(row[7]), operands, seed);
  }
}
