package dev.carousel.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Data;
import dev.carousel.autograd.Eval;
import dev.carousel.autograd.GradientCheck;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Objective;
import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Recurrence;
import dev.carousel.autograd.Rig;
import dev.carousel.autograd.RnnInit;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Tape;
import dev.carousel.autograd.Var;
import dev.carousel.nn.VariantCase.Values;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pooling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Variants of recurrent cells against loops in double, and their gradients against differences. */
class CellVariantTest {
  private static final double STEP = 1e-5;
  private static final CellVariant NOISE =
      CellVariant.PLAIN.withDropout(0.4, 0.3).withZoneout(0.3, 0.5);

  /** What each cell takes, alone and together; ragged both ways, and full forwards. */
  static Stream<VariantCase> cases() {
    Map<String, CellVariant> gated = new LinkedHashMap<>();
    gated.put("hidden dropout", CellVariant.PLAIN.withDropout(0.4, 0));
    gated.put("candidate dropout", CellVariant.PLAIN.withDropout(0, 0.3));
    gated.put("zoneout", CellVariant.PLAIN.withZoneout(0.3, 0));
    gated.put("layer norm", CellVariant.of(CellWiring.LAYER_NORM));
    Map<String, CellVariant> lstm = new LinkedHashMap<>(gated);
    lstm.put("cell zoneout", CellVariant.PLAIN.withZoneout(0, 0.3));
    lstm.put("peepholes", CellVariant.of(CellWiring.PEEPHOLE));
    lstm.put("peepholes and noise", NOISE.withWiring(CellWiring.PEEPHOLE));
    lstm.put("layer norm and noise", NOISE.withWiring(CellWiring.LAYER_NORM));
    CellVariant elman = CellVariant.PLAIN.withDropout(0.4, 0).withZoneout(0.3, 0);
    return Stream.of(
            both(Cell.LSTM, lstm),
            both(Cell.GRU, gated),
            both(Cell.RNN_TANH, Map.of("noise", elman)))
        .flatMap(s -> s);
  }

  private static Stream<VariantCase> both(Cell cell, Map<String, CellVariant> variants) {
    return variants.entrySet().stream()
        .flatMap(
            v ->
                Stream.of(
                    new VariantCase(v.getKey(), cell, v.getValue(), Direction.FORWARD, true),
                    new VariantCase(v.getKey(), cell, v.getValue(), Direction.FORWARD, false)));
  }

  /** Without masks, which the loop draws for one direction only. */
  static Stream<VariantCase> wirings() {
    return Stream.of(
        new VariantCase(
            "peepholes",
            Cell.LSTM,
            CellVariant.of(CellWiring.PEEPHOLE),
            Direction.BIDIRECTIONAL,
            false),
        new VariantCase(
            "layer norm",
            Cell.LSTM,
            CellVariant.of(CellWiring.LAYER_NORM),
            Direction.BIDIRECTIONAL,
            false),
        new VariantCase(
            "layer norm",
            Cell.GRU,
            CellVariant.of(CellWiring.LAYER_NORM),
            Direction.BIDIRECTIONAL,
            true));
  }

  static Stream<VariantCase> allCases() {
    return Stream.concat(cases(), wirings());
  }

  private static VariantMasks masks(VariantCase c) {
    return VariantMasks.drawn(
        c.variant(), c.cell() == Cell.LSTM, VariantCase.T, VariantCase.N * VariantCase.H);
  }

  @ParameterizedTest
  @MethodSource("allCases")
  void trainingComputesWhatALoopInDoubleComputes(VariantCase c) {
    ParameterSet.Builder set = ParameterSet.builder();
    Recurrent layer =
        new Recurrent(set, "rnn", RecurrentSettings.of(c.spec()).withVariant(c.variant()));
    try (Rig rig = Rig.of(set)) {
      Tape tape = rig.begin();
      Recurrence r =
          layer.applyWithState(
              tape, tape.constant(VariantCase.x()), c.lengthsOnHost(), c.initial(tape));
      assertSame(r, c.loop(c.values(rig.parameters().parameters()), masks(c)));
    }
  }

  private static void assertSame(Recurrence r, VariantLoop.Result want) {
    // values of single precision, sums of a few terms below 2
    assertThat(VariantCase.doubles(r.y().value())).containsExactly(want.y(), within(2e-6));
    assertThat(VariantCase.doubles(r.last().h().value())).containsExactly(want.h(), within(2e-6));
    Var c = r.last().c();
    if (c != null) {
      assertThat(VariantCase.doubles(c.value())).containsExactly(want.c(), within(2e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("allCases")
  void everyGradientIsThatOfDifferencesInDouble(VariantCase c) {
    ParameterSet.Builder set = ParameterSet.builder();
    Recurrent layer =
        new Recurrent(set, "rnn", RecurrentSettings.of(c.spec()).withVariant(c.variant()));
    try (Rig rig = Rig.of(set)) {
      rig.parameters().zeroGradients();
      Tape tape = rig.begin();
      Var x = tape.input(VariantCase.x());
      StateVar initial = c.initial(tape);
      c.losses(tape, layer.applyWithState(tape, x, c.lengthsOnHost(), initial));
      tape.backward();
      Values values = c.values(rig.parameters().parameters());
      assertGradient(c, values, "x", gradient(x));
      assertGradient(c, values, "h", gradient(initial.h()));
      if (initial.c() != null) {
        assertGradient(c, values, "c", gradient(initial.c()));
      }
      for (Parameter p : rig.parameters().parameters()) {
        String name = p.name().substring("rnn.".length());
        assertGradient(c, values, name, VariantCase.doubles(p.gradient()));
      }
    }
  }

  private static double[] gradient(Var v) {
    return VariantCase.doubles(Objects.requireNonNull(v.gradient()));
  }

  private static void assertGradient(VariantCase c, Values values, String name, double[] got) {
    double[] at = values.get(name);
    for (int i = 0; i < at.length; i++) {
      double start = at[i];
      at[i] = start + STEP;
      double above = c.lossOf(c.loop(values, masks(c)));
      at[i] = start - STEP;
      double below = c.lossOf(c.loop(values, masks(c)));
      at[i] = start;
      assertThat(got[i])
          .as("derivative by %s[%d]", name, i)
          .isCloseTo((above - below) / (2 * STEP), within(5e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void evaluationDropsNothingAndTakesTheExpectationOfZoneout(VariantCase c) {
    ParameterSet.Builder set = ParameterSet.builder();
    Recurrent layer =
        new Recurrent(set, "rnn", RecurrentSettings.of(c.spec()).withVariant(c.variant()));
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      eval.begin();
      Recurrence r =
          layer.applyWithState(
              eval, eval.constant(VariantCase.x()), c.lengthsOnHost(), c.initial(eval));
      VariantMasks expected =
          VariantMasks.expected(c.variant(), VariantCase.T, VariantCase.N * VariantCase.H);
      assertSame(r, c.loop(c.values(rig.parameters().parameters()), expected));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LSTM", "GRU", "RNN_TANH", "RNN_RELU"})
  void unrolledPlainCellsGiveTheNumbersOfTheFusedOnes(Cell cell) {
    RnnSpec spec = RnnSpec.of(cell, 2, 3).withDirection(Direction.BIDIRECTIONAL);
    ParameterSet.Builder fusedSet = ParameterSet.builder();
    FusedPart fused = new FusedPart(fusedSet.declareRnn("rnn", spec, 0, RnnInit.DEFAULT), 0);
    ParameterSet.Builder unrolledSet = ParameterSet.builder();
    UnrolledLayer.Settings plain = new UnrolledLayer.Settings(CellVariant.PLAIN, RnnInit.DEFAULT);
    UnrolledLayer unrolled = new UnrolledLayer(unrolledSet, "rnn", spec, 0, plain);
    try (Rig a = Rig.of(fusedSet);
        Rig b = Rig.of(unrolledSet)) {
      assertThat(names(b)).isEqualTo(names(a));
      double[] lossAndGradient = lossAndGradient(a, fused, cell);
      assertThat(lossAndGradient(b, unrolled, cell)).containsExactly(lossAndGradient, within(2e-6));
    }
  }

  private static List<String> names(Rig rig) {
    return rig.parameters().parameters().stream().map(p -> p.name() + p.shape()).toList();
  }

  /** All of y, then the gradient of all parameters. */
  private static double[] lossAndGradient(Rig rig, RecurrentPart part, Cell cell) {
    VariantCase c = new VariantCase("", cell, CellVariant.PLAIN, Direction.BIDIRECTIONAL, false);
    rig.parameters().zeroGradients();
    Tape tape = rig.begin();
    Recurrence r =
        part.applyWithState(
            tape, tape.constant(VariantCase.x()), c.lengthsOnHost(), c.initial(tape));
    c.losses(tape, r);
    tape.backward();
    return Stream.of(r.y().value(), rig.parameters().gradients())
        .flatMapToDouble(t -> java.util.Arrays.stream(VariantCase.doubles(t)))
        .toArray();
  }

  @ParameterizedTest
  @EnumSource(CellWiring.class)
  void aStackOfBidirectionalLayersHasItsGradient(CellWiring wiring) {
    ParameterSet.Builder set = ParameterSet.builder();
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 2, 3).withLayers(2).withDirection(Direction.BIDIRECTIONAL);
    RecurrentSettings settings =
        RecurrentSettings.of(spec)
            .withDropout(0.2)
            .withMerge(Merge.SUM)
            .withVariant(NOISE.withWiring(wiring));
    Recurrent stack = new Recurrent(set, "rnn", settings);
    Lengths ragged = Lengths.onHost(4, 4, 1, 3);
    Objective objective =
        ops -> {
          List<StateVar> last = new ArrayList<>();
          Var x = ops.constant(Data.uniform(1, 4, 3, 2));
          Var first = stack.applyStack(ops, x, ragged, null, last);
          Var y = stack.applyStack(ops, x, ragged, last, new ArrayList<>());
          Var pooled = ops.pool(Pooling.MEAN, Direction.FORWARD, ops.add(first, y), ragged);
          return Objective.of(ops.softmaxLoss(pooled, Data.ids(9, 3, 3), LossOptions.PLAIN));
        };
    try (Rig rig = Rig.of(set)) {
      assertThat(stack.parts()).isEqualTo(2);
      if (wiring == CellWiring.LAYER_NORM) {
        // the norm of a row whose units are nearly equal, as after much zoneout, turns sharply
        GradientCheck.checkKinked(rig, objective);
      } else {
        GradientCheck.check(rig, objective);
      }
    }
  }

  @Test
  void variantsThatACellCannotTakeAreRefusedWithTheReason() {
    CellVariant zoned = CellVariant.PLAIN.withZoneout(0.1, 0.1);
    refused(RnnSpec.of(Cell.GRU, 2, 3), zoned, "cell zoneout", "GRU");
    refused(RnnSpec.of(Cell.GRU, 2, 3), CellVariant.of(CellWiring.PEEPHOLE), "peepholes", "LSTM");
    refused(RnnSpec.of(Cell.GRU_RESET_BEFORE, 2, 3), zoned, "GRU_RESET_BEFORE", "take GRU");
    refused(
        RnnSpec.of(Cell.RNN_TANH, 2, 3), CellVariant.of(CellWiring.LAYER_NORM), "RNN_TANH", "only");
    refused(
        RnnSpec.of(Cell.RNN_RELU, 2, 3), CellVariant.PLAIN.withDropout(0, 0.1), "candidate", "RNN");
    refused(RnnSpec.of(Cell.LSTM, 2, 3).withProjection(2), zoned, "projection", "2 units");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CellVariant.PLAIN.withZoneout(1, 0))
        .withMessageContaining("zoneout must be 0 to below 1, not 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new StackSettings(
                    Cell.LSTM, 2, List.of(3), ValueDropout.NONE, 0.2, RnnInit.DEFAULT, zoned))
        .withMessageContaining("weight drop");
  }

  private static void refused(RnnSpec spec, CellVariant variant, String... words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecurrentSettings.of(spec).withVariant(variant))
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }
}
