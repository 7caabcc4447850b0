package dev.carousel.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Data;
import dev.carousel.autograd.Eval;
import dev.carousel.autograd.GradientCheck;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Objective;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Rig;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.nn.DecoderSettings.InputFeeding;
import dev.carousel.nn.EncoderDecoderSettings.Dropouts;
import dev.carousel.nn.EncoderDecoderSettings.Sizes;
import dev.carousel.nn.EncoderDecoderSettings.Tying;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole encoder-decoders: gradients against differences, and the ways to run one agree. */
class EncoderDecoderTest {
  private static final int S = 4;
  private static final int T = 3;
  private static final int N = 3;
  private static final int WORDS = 7;
  private static final Lengths SOURCE = Lengths.onHost(S, 4, 1, 3);
  private static final Lengths TARGET = Lengths.onHost(T, 2, 3, 1);
  private static final int[] INPUT = {2, 2, 2, 3, 4, -1, -1, 5, -1};
  private static final int[] GOLD = {3, 4, 1, 1, 5, -1, -1, 1, -1};

  private static EncoderDecoderSettings settings(
      AttentionScore score, InputFeeding feeding, Tying tying, int layers) {
    return new EncoderDecoderSettings(
        new Sizes(WORDS, WORDS, 3, 4, layers),
        Cell.LSTM,
        Direction.BIDIRECTIONAL,
        score,
        feeding,
        tying,
        Dropouts.NONE);
  }

  private static EncoderDecoderSettings plain(InputFeeding feeding) {
    return settings(AttentionScore.GENERAL, feeding, Tying.NONE, 1);
  }

  private static EncoderDecoderSettings dropping(EncoderDecoderSettings s, Dropouts dropouts) {
    return new EncoderDecoderSettings(
        s.sizes(), s.cell(), s.direction(), s.score(), s.feeding(), s.tying(), dropouts);
  }

  private static Tensor source() {
    return Tensor.of(new int[] {1, 2, 3, 4, -1, 5, 6, -1, 0, 2, -1, -1}, S, N);
  }

  private static Encoded encode(Ops ops, EncoderDecoder model) {
    return model.encode(ops, source(), SOURCE);
  }

  private static Decoded forced(Ops ops, EncoderDecoder model) {
    return model.decode(ops, Tensor.of(INPUT, T, N), TARGET, encode(ops, model));
  }

  private static Tensor loss(Ops ops, EncoderDecoder model, Decoded decoded) {
    return ops.softmaxLoss(
        model.logits(ops, decoded.features()),
        Tensor.of(GOLD, T, N),
        new LossOptions(null, 0.1, 1));
  }

  static Stream<EncoderDecoderSettings> models() {
    Dropouts dropouts = new Dropouts(0.1, 0.1, 0.2, 0.3);
    EncoderDecoderSettings gru = settings(AttentionScore.ADDITIVE, InputFeeding.ON, Tying.ALL, 2);
    return Stream.of(
        plain(InputFeeding.OFF),
        settings(AttentionScore.ADDITIVE, InputFeeding.OFF, Tying.OUTPUT, 1),
        settings(AttentionScore.GENERAL, InputFeeding.ON, Tying.NONE, 2),
        dropping(settings(AttentionScore.GENERAL, InputFeeding.OFF, Tying.ALL, 2), dropouts),
        dropping(
            new EncoderDecoderSettings(
                gru.sizes(),
                Cell.GRU,
                Direction.FORWARD,
                AttentionScore.DOT,
                InputFeeding.ON,
                Tying.NONE,
                Dropouts.NONE),
            dropouts),
        settings(AttentionScore.GENERAL, InputFeeding.OFF, Tying.NONE, 2)
            .withCells(CellVariant.of(CellWiring.LAYER_NORM).withDropout(0.3, 0.2)),
        settings(AttentionScore.GENERAL, InputFeeding.ON, Tying.NONE, 1)
            .withCells(CellVariant.of(CellWiring.PEEPHOLE).withZoneout(0.2, 0.1)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void gradientsAreThoseOfDifferences(EncoderDecoderSettings settings) {
    ParameterSet.Builder set = ParameterSet.builder();
    EncoderDecoder model = new EncoderDecoder(set, settings);
    try (Rig rig = Rig.of(set)) {
      enlarge(rig, 2);
      Objective objective = ops -> Objective.of(loss(ops, model, forced(ops, model)));
      if (settings.cells().wiring() == CellWiring.LAYER_NORM) {
        // norms of four numbers bend within a step
        GradientCheck.checkKinked(rig, objective);
      } else {
        GradientCheck.check(rig, objective);
      }
    }
  }

  /** So that what reaches the encoder is well above the rounding of the loss. */
  private static void enlarge(Rig rig, float factor) {
    float[] values = rig.parameters().download();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    rig.parameters().upload(values);
  }

  @Test
  void gradientsWithSampledInputsAreThoseOfDifferences() {
    ParameterSet.Builder set = ParameterSet.builder();
    EncoderDecoder model = new EncoderDecoder(set, plain(InputFeeding.ON));
    SampledDecoding sampled = new SampledDecoding(model, new ScheduledSampling(0.5, 3));
    try (Rig rig = Rig.of(set)) {
      enlarge(rig, 2);
      // a longer step would change a guess
      GradientCheck.checkKinked(
          rig,
          ops -> Objective.of(loss(ops, model, sampled.apply(ops, INPUT, T, encode(ops, model)))));
    }
  }

  @ParameterizedTest
  @EnumSource(InputFeeding.class)
  void stepByStepGivesWhatAllStepsAtOnceGive(InputFeeding feeding) {
    ParameterSet.Builder set = ParameterSet.builder();
    EncoderDecoder model = new EncoderDecoder(set, plain(feeding));
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      eval.begin();
      float[] whole = Data.floats(forced(eval, model).features().value());
      Encoded encoded = encode(eval, model);
      DecoderState state = encoded.start();
      for (int t = 0; t < T; t++) {
        Tensor ids = Tensor.of(INPUT, T, N).slice((long) t * N, Shape.of(1, N));
        Decoded one = model.step(eval, ids, encoded.memory(), state);
        state = one.last();
        float[] features = Data.floats(one.features().value());
        for (int n = 0; n < N; n++) {
          if (t < TARGET.host(n)) {
            int at = (t * N + n) * 4;
            // between calls states are rounded to single precision
            assertThat(Arrays.copyOfRange(features, n * 4, n * 4 + 4))
                .containsExactly(Arrays.copyOfRange(whole, at, at + 4), within(1e-6f));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(AttentionScore.class)
  void hypothesesOfARowShareItsKeys(AttentionScore score) {
    ParameterSet.Builder set = ParameterSet.builder();
    Attention attention = new Attention(set, "a", score, 4, 4);
    Tensor queries = Data.uniform(3, 1, 2 * N, 4);
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      eval.begin();
      AttentionMemory memory =
          attention.remember(eval, eval.constant(Data.uniform(4, S, N, 4)), SOURCE);
      float[] both =
          Data.floats(attention.apply(eval, eval.constant(queries), memory).out().value());
      for (int r = 0; r < 2; r++) {
        Var own = eval.constant(queries.slice((long) r * N * 4, Shape.of(1, N, 4)));
        float[] one = Data.floats(attention.apply(eval, own, memory).out().value());
        assertThat(Arrays.copyOfRange(both, r * N * 4, (r + 1) * N * 4)).containsExactly(one);
      }
    }
  }

  @Test
  void withoutGuessesSamplingIsTeacherForcing() {
    ParameterSet.Builder set = ParameterSet.builder();
    EncoderDecoder model = new EncoderDecoder(set, plain(InputFeeding.ON));
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      eval.begin();
      float[] forced = Data.floats(forced(eval, model).features().value());
      SampledDecoding none = new SampledDecoding(model, ScheduledSampling.TEACHER_FORCING);
      assertThat(Data.floats(none.apply(eval, INPUT, T, encode(eval, model)).features().value()))
          .containsExactly(forced);
    }
  }

  @Test
  void withOnlyGuessesADecoderReadsWhatItFoundBest() {
    ParameterSet.Builder set = ParameterSet.builder();
    EncoderDecoder model = new EncoderDecoder(set, plain(InputFeeding.OFF));
    int[] begin = {2, 2, 2, 0, 0, 0, 0, 0, 0};
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      eval.begin();
      SampledDecoding always = new SampledDecoding(model, new ScheduledSampling(1, 5));
      float[] sampled =
          Data.floats(always.apply(eval, begin, T, encode(eval, model)).features().value());
      int[] read = begin.clone();
      for (int t = 0; t < T; t++) {
        Encoded encoded = encode(eval, model);
        Decoded d = model.decode(eval, Tensor.of(read, T, N), Lengths.full(T, N), encoded);
        float[] scores = Data.floats(model.logits(eval, d.features()).value());
        if (t + 1 < T) {
          for (int n = 0; n < N; n++) {
            int row = (t * N + n) * WORDS;
            read[(t + 1) * N + n] =
                IntStream.range(0, WORDS)
                    .reduce((a, b) -> scores[row + b] > scores[row + a] ? b : a)
                    .orElseThrow();
          }
        } else {
          assertThat(sampled).containsExactly(Data.floats(d.features().value()), within(1e-6f));
        }
      }
    }
  }

  @Test
  void theSameSeedFlipsTheSameCoins() {
    ParameterSet.Builder set = ParameterSet.builder();
    EncoderDecoder model = new EncoderDecoder(set, plain(InputFeeding.OFF));
    try (Rig rig = Rig.of(set)) {
      float[] first = losses(rig, model, 11);
      assertThat(losses(rig, model, 11)).containsExactly(first);
      assertThat(IntStream.range(0, 20).mapToObj(s -> losses(rig, model, s)[0]).distinct().count())
          .isGreaterThan(1);
    }
  }

  private static float[] losses(Rig rig, EncoderDecoder model, long seed) {
    Ops ops = rig.begin();
    SampledDecoding half = new SampledDecoding(model, new ScheduledSampling(0.5, seed));
    return Data.floats(loss(ops, model, half.apply(ops, INPUT, T, encode(ops, model))));
  }

  @Test
  void paddingOfEitherSideChangesNothing() {
    ParameterSet.Builder set = ParameterSet.builder();
    EncoderDecoder model = new EncoderDecoder(set, plain(InputFeeding.OFF));
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      eval.begin();
      float[] padded = Data.floats(forced(eval, model).features().value());
      Encoded alone = model.encode(eval, Tensor.of(new int[] {2}, 1, 1), Lengths.full(1, 1));
      float[] own =
          Data.floats(
              model
                  .decode(eval, Tensor.of(new int[] {2, 4, 5}, 3, 1), Lengths.full(3, 1), alone)
                  .features()
                  .value());
      for (int t = 0; t < 3; t++) {
        int at = (t * N + 1) * 4;
        assertThat(Arrays.copyOfRange(padded, at, at + 4))
            .containsExactly(Arrays.copyOfRange(own, t * 4, t * 4 + 4), within(1e-6f));
      }
    }
  }

  @Test
  void tiedMatricesAreOne() {
    assertThat(names(settings(AttentionScore.GENERAL, InputFeeding.OFF, Tying.NONE, 1)))
        .contains("source.weight", "target.weight", "output.weight");
    assertThat(names(settings(AttentionScore.GENERAL, InputFeeding.OFF, Tying.OUTPUT, 1)))
        .contains("source.weight", "target.weight", "output.bias")
        .doesNotContain("output.weight");
    assertThat(names(settings(AttentionScore.GENERAL, InputFeeding.OFF, Tying.ALL, 1)))
        .contains("source.weight", "output.bias")
        .doesNotContain("target.weight", "output.weight");
  }

  private static List<String> names(EncoderDecoderSettings settings) {
    ParameterSet.Builder set = ParameterSet.builder();
    new EncoderDecoder(set, settings);
    try (Rig rig = Rig.of(set)) {
      return rig.parameters().parameters().stream().map(p -> p.name()).toList();
    }
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> names(settings(AttentionScore.DOT, InputFeeding.OFF, Tying.NONE, 1)))
        .withMessageContaining("4 and 8");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new EncoderDecoderSettings(
                    new Sizes(5, 6, 2, 2, 1),
                    Cell.LSTM,
                    Direction.FORWARD,
                    AttentionScore.DOT,
                    InputFeeding.OFF,
                    Tying.ALL,
                    Dropouts.NONE))
        .withMessageContaining("5 and 6");
    CellVariant hiding = CellVariant.PLAIN.withDropout(0.5, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plain(InputFeeding.ON).withCells(hiding))
        .withMessageContaining("input feeding");
    EncoderDecoder model =
        new EncoderDecoder(ParameterSet.builder(), plain(InputFeeding.OFF).withCells(hiding));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SampledDecoding(model, new ScheduledSampling(0.5, 0)))
        .withMessageContaining("scheduled sampling");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScheduledSampling(1.5, 0))
        .withMessageContaining("1.5");
  }

  @Test
  void theStatesOfBothDirectionsReachTheDecoder() {
    ParameterSet.Builder set = ParameterSet.builder();
    Recurrent encoder =
        new Recurrent(
            set,
            "e",
            RecurrentSettings.of(
                dev.carousel.rnn.RnnSpec.of(Cell.LSTM, 2, 3)
                    .withLayers(2)
                    .withDirection(Direction.BIDIRECTIONAL)));
    Recurrent decoder =
        new Recurrent(
            set,
            "d",
            RecurrentSettings.of(dev.carousel.rnn.RnnSpec.of(Cell.LSTM, 2, 3).withLayers(2)));
    Bridge bridge = new Bridge(set, "b", encoder, decoder);
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      eval.begin();
      Tensor h = Data.uniform(1, 4, N, 3);
      Tensor c = Data.uniform(2, 4, N, 3);
      StateVar first =
          bridge.apply(eval, List.of(new StateVar(eval.constant(h), eval.constant(c)))).get(0);
      float[] w = Data.floats(rig.parameters().parameter("b.c1.weight").value());
      float[] b = Data.floats(rig.parameters().parameter("b.c1.bias").value());
      float[] got = Data.floats(java.util.Objects.requireNonNull(first.c()).value());
      float[] from = Data.floats(c);
      for (int n = 0; n < N; n++) {
        for (int j = 0; j < 3; j++) {
          double sum = b[j];
          for (int i = 0; i < 6; i++) {
            // layer 1: its forward state is the third of four, its backward state the last
            sum += w[j * 6 + i] * from[((2 + i / 3) * N + n) * 3 + i % 3];
          }
          assertThat(got[(N + n) * 3 + j]).isCloseTo((float) sum, within(1e-6f));
        }
      }
    }
  }
}
