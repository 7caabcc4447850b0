package dev.carousel.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Eval;
import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Plans;
import dev.carousel.decode.AttentionMaps;
import dev.carousel.decode.BeamSearch;
import dev.carousel.decode.BeamSettings;
import dev.carousel.decode.Hypothesis;
import dev.carousel.decode.Rules;
import dev.carousel.kit.run.HeapMeter;
import dev.carousel.nn.AttentionScore;
import dev.carousel.nn.CellVariant;
import dev.carousel.nn.CellWiring;
import dev.carousel.nn.DecoderSettings.InputFeeding;
import dev.carousel.nn.EncoderDecoder;
import dev.carousel.nn.EncoderDecoderSettings;
import dev.carousel.nn.EncoderDecoderSettings.Dropouts;
import dev.carousel.nn.EncoderDecoderSettings.Sizes;
import dev.carousel.nn.EncoderDecoderSettings.Tying;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Reserved;
import dev.carousel.text.VocabularyBuilder;
import dev.carousel.text.WhitespaceTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that writes step by step against the probabilities that training gives it. */
class StepDecoderTest {
  private static final int UNK = 1;
  private static final List<int[]> SOURCES =
      List.of(new int[] {4, 5, 6, 5, 4}, new int[] {6}, new int[] {5, 5, 4});
  private static final int[] LIMITS = {3, 1, 2};

  private static final TextCodec TARGET =
      new TextCodec(
          new WhitespaceTokenizer(Normalizer.parse("none")),
          new VocabularyBuilder()
              .reserve(Reserved.BOS, Reserved.EOS)
              .add(List.of("a", "b", "c"))
              .build(),
          10);

  private static EncoderDecoderSettings network(Cell cell, InputFeeding feeding, int layers) {
    return new EncoderDecoderSettings(
        new Sizes(7, 7, 4, 5, layers),
        cell,
        Direction.BIDIRECTIONAL,
        AttentionScore.ADDITIVE,
        feeding,
        Tying.NONE,
        new Dropouts(0.2, 0.2, 0.2, layers > 1 ? 0.2 : 0));
  }

  static Stream<EncoderDecoderSettings> networks() {
    return Stream.of(
        network(Cell.LSTM, InputFeeding.OFF, 1),
        network(Cell.GRU, InputFeeding.ON, 1),
        network(Cell.LSTM, InputFeeding.ON, 2),
        network(Cell.LSTM, InputFeeding.OFF, 2)
            .withCells(CellVariant.of(CellWiring.LAYER_NORM).withZoneout(0.2, 0.1)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aWideBeamFindsWhatTryingEverythingFinds(EncoderDecoderSettings settings) {
    ParameterSet.Builder set = ParameterSet.builder();
    EncoderDecoder network = new EncoderDecoder(set, settings);
    BeamSettings beam = new BeamSettings(128, 0.8, 0, 6);
    Rules rules = new Rules(TARGET.begin(), TARGET.end(), new int[] {0, TARGET.begin()}, 0);
    try (Backend backend = Backends.named("reference");
        ParameterSet parameters = set.build(backend, 5);
        Plans plans = new Plans(backend.rnn(), Plans.DEFAULT_CAPACITY);
        Eval lasting = new Eval(backend, plans, 1L << 28);
        Eval step = new Eval(backend, plans, 1L << 28)) {
      enlarge(parameters);
      lasting.begin();
      List<List<Hypothesis>> found =
          new BeamSearch(beam, rules)
              .search(
                  new StepDecoder(network, lasting, step, SOURCES, 128),
                  LIMITS,
                  AttentionMaps.DROPPED);
      for (int n = 0; n < SOURCES.size(); n++) {
        requireBest(found.get(n), everything(step, network, n, beam));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void whatATokenAllocatesDoesNotGrowWithTheSentence(int width) {
    ParameterSet.Builder set = ParameterSet.builder();
    EncoderDecoder network = new EncoderDecoder(set, network(Cell.LSTM, InputFeeding.ON, 1));
    try (Backend backend = Backends.named("reference");
        ParameterSet parameters = set.build(backend, 5);
        Plans plans = new Plans(backend.rnn(), Plans.DEFAULT_CAPACITY);
        Eval lasting = new Eval(backend, plans, 1L << 28);
        Eval step = new Eval(backend, plans, 1L << 28)) {
      neverEnd(parameters);
      long[] bytes =
          IntStream.of(80, 20, 40, 80) // the first makes it warm
              .mapToLong(
                  limit ->
                      HeapMeter.bytesPerCall(
                          () -> {
                            lasting.begin();
                            StepDecoder decoder =
                                new StepDecoder(network, lasting, step, SOURCES, width);
                            write(decoder, width, limit);
                          }))
              .toArray();
      // twice as many tokens; copying what was written would give four times as much
      assertThat(bytes[3] - bytes[2]).isLessThan((bytes[2] - bytes[1]) * 5 / 2);
    }
  }

  private static void write(StepDecoder decoder, int width, int limit) {
    int[] limits = {limit, limit, limit};
    Rules rules = new Rules(TARGET.begin(), TARGET.end(), new int[] {0, TARGET.begin()}, 0);
    List<List<Hypothesis>> found =
        new BeamSearch(BeamSettings.beam(width), rules)
            .search(decoder, limits, AttentionMaps.DROPPED);
    assertThat(found.get(2).get(0).tokens()).hasSize(limit);
  }

  private static void neverEnd(ParameterSet parameters) {
    float[] values = parameters.download();
    for (Parameter p : parameters.parameters()) {
      if (p.name().equals("output.bias")) {
        values[(int) p.offset() + TARGET.end()] = -50;
      }
    }
    parameters.upload(values);
  }

  private static void requireBest(List<Hypothesis> found, List<Scored> best) {
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).tokens()).containsExactly(best.get(i).tokens());
      // probabilities in single precision, multiplied on one side and summed up on the other
      assertThat(found.get(i).logProbability())
          .isCloseTo(best.get(i).logProbability(), within(1e-4));
    }
    assertThat(found).hasSize(Math.min(6, best.size()));
  }

  /** So that sequences differ in probability. */
  private static void enlarge(ParameterSet parameters) {
    SplittableRandom random = new SplittableRandom(9);
    float[] values = new float[(int) parameters.values().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1.5, 1.5);
    }
    parameters.upload(values);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Scored(int[] tokens, double logProbability, double score) {}

  private static List<Scored> everything(
      Eval eval, EncoderDecoder network, int n, BeamSettings beam) {
    TranslatorTask task = new TranslatorTask(network, TARGET, 0);
    List<Scored> all = new ArrayList<>();
    for (int[] tokens : sequences(LIMITS[n])) {
      eval.begin();
      float[] loss = new float[2];
      PairBatch one = new PairBatch(List.of(SOURCES.get(n)), List.of(tokens), 0, 0);
      eval.backend().memory().download(task.loss(eval, one, 1), loss, 0);
      double penalty = Math.pow((5.0 + tokens.length + 1) / 6, beam.lengthPenalty());
      all.add(new Scored(tokens, -loss[0], -loss[0] / penalty));
    }
    all.sort(Comparator.comparingDouble(Scored::score).reversed());
    return all;
  }

  /** All sequences of the words and the unknown one, up to a length. */
  private static List<int[]> sequences(int limit) {
    List<int[]> all = new ArrayList<>(List.of(new int[0]));
    for (int i = 0; i < all.size(); i++) {
      int[] shorter = all.get(i);
      if (shorter.length < limit) {
        for (int word : new int[] {UNK, 4, 5, 6}) {
          int[] longer = Arrays.copyOf(shorter, shorter.length + 1);
          longer[shorter.length] = word;
          all.add(longer);
        }
      }
    }
    return all;
  }
}
