package dev.carousel.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Eval;
import dev.carousel.autograd.Inputs;
import dev.carousel.data.TaggedData;
import dev.carousel.data.TaggedSentence;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.task.ClassWeighting;
import dev.carousel.task.LossSettings;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TagLossTest {
  private static final LossSettings BALANCED = new LossSettings(ClassWeighting.BALANCED, 0, 0);
  private static Backend backend;

  @BeforeAll
  static void open() {
    backend = Backends.named("reference");
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  static Stream<LossSettings> losses() {
    return Stream.of(
        LossSettings.PLAIN,
        BALANCED,
        new LossSettings(ClassWeighting.BALANCED, 0.2, 0),
        new LossSettings(ClassWeighting.NONE, 0, 2),
        new LossSettings(ClassWeighting.BALANCED, 0, 1.5));
  }

  private static TaggerSettings settings(int epochs, LossSettings loss) {
    TaggerSettings tiny = SyntheticTags.tiny(epochs);
    return tiny.withArchitecture(tiny.architecture().withDecoder(TagDecoder.SOFTMAX))
        .withLearning(tiny.learning().withLoss(loss));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theLossOfTagsIsTheFormula(LossSettings loss) {
    TaggedData data = SyntheticTags.sentences(48, 1);
    try (SequenceTagger model = SequenceTagger.train(data, data, settings(1, loss), backend)) {
      TaggerParts parts = model.parts();
      List<EncodedSentence> read = data.sentences().stream().map(parts.encoder()::encode).toList();
      TagBatch batch = TagBatch.of(parts, data.sentences(), read);
      try (TagLosses losses = TagLosses.of(parts, loss, batch)) {
        var task = parts.network().task(losses, 1);
        float[] found = parts.evals().run(e -> download(e, task.loss(e, batch, 1), 2));
        double[] expected = parts.evals().run(e -> byHand(e, parts, batch, loss));
        assertThat(found[0]).isCloseTo((float) expected[0], within((float) expected[0] * 1e-5f));
        assertThat(found[1]).isCloseTo((float) expected[1], within((float) expected[1] * 1e-5f));
        assertThat(task.rows(batch)).isCloseTo(expected[1], within(expected[1] * 1e-5));
      }
    }
  }

  private static float[] download(Eval eval, Tensor tensor, int size) {
    float[] values = new float[size];
    eval.backend().memory().download(tensor, values, 0);
    return values;
  }

  /** Sum and weight of all tokens' losses, from the emissions, in double. */
  private static double[] byHand(Eval eval, TaggerParts parts, TagBatch batch, LossSettings loss) {
    TokenEncoder encoder = parts.network().encoder();
    EncodedBatch encoded =
        encoder.encode(eval, encoder.upload(Inputs.ofStep(eval), batch.sentences()));
    Tensor emissions = parts.network().tags().emissions(eval, encoded).value();
    int k = emissions.shape().dim(2);
    float[] all = download(eval, emissions, emissions.shape().dim(0) * batch.tags().size() * k);
    double[] weights = weights(batch, k, loss.classWeights());
    double[] sums = new double[2];
    for (int n = 0; n < batch.tags().size(); n++) {
      int[] gold = batch.tags().get(n);
      for (int t = 0; t < gold.length; t++) {
        int from = (t * batch.tags().size() + n) * k;
        double[] logP = logSoftmax(all, from, k);
        sums[0] += tokenLoss(logP, gold[t], weights, loss);
        sums[1] += weights[gold[t]];
      }
    }
    return sums;
  }

  /** scikit-learn's "balanced". */
  private static double[] weights(TagBatch batch, int k, ClassWeighting weighting) {
    double[] weights = new double[k];
    int tokens = batch.tags().stream().mapToInt(tags -> tags.length).sum();
    for (int c = 0; c < k; c++) {
      int tag = c;
      long count = batch.tags().stream().flatMapToInt(IntStream::of).filter(g -> g == tag).count();
      weights[c] = weighting == ClassWeighting.NONE ? 1 : tokens / ((double) k * count);
    }
    return weights;
  }

  private static double[] logSoftmax(float[] all, int from, int k) {
    double sum = IntStream.range(0, k).mapToDouble(c -> Math.exp(all[from + c])).sum();
    return IntStream.range(0, k).mapToDouble(c -> all[from + c] - Math.log(sum)).toArray();
  }

  private static double tokenLoss(double[] logP, int gold, double[] weights, LossSettings loss) {
    if (loss.focus() > 0) {
      return -weights[gold] * Math.pow(1 - Math.exp(logP[gold]), loss.focus()) * logP[gold];
    }
    double spread = 0;
    for (int c = 0; c < logP.length; c++) {
      spread -= weights[c] * logP[c] / logP.length;
    }
    return -(1 - loss.smoothing()) * weights[gold] * logP[gold] + loss.smoothing() * spread;
  }

  /**
   * Every {@code x} looks the same; one in five has the rare tag, and its sentence the rare intent.
   */
  private static List<TaggedSentence> ambiguous() {
    List<TaggedSentence> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String tag = i % 5 == 0 ? "RARE" : "O";
      all.add(
          TaggedSentence.of(List.of("a", "x", "a", "b"), List.of("O", tag, "O", "O"))
              .withLabel(i % 5 == 0 ? "odd" : "usual"));
      all.add(TaggedSentence.of(List.of("b", "a"), List.of("O", "O")).withLabel("usual"));
    }
    return all;
  }

  @Test
  void balancedWeightsFindARareTagAndARareIntentThatAPlainLossGivesUp() {
    TaggedData all = TaggedData.of("ambiguous", ambiguous());
    List<TaggedSentence> rare = ambiguous().stream().filter(s -> "odd".equals(s.label())).toList();
    TaggedData odd = TaggedData.of("odd", rare);
    TaggedSentence x = rare.get(0);
    try (SequenceTagger plain =
            SequenceTagger.train(all, all, settings(6, LossSettings.PLAIN), backend);
        SequenceTagger balanced = SequenceTagger.train(all, odd, settings(6, BALANCED), backend)) {
      assertThat(recall(plain, x)).isEqualTo("[O, O, O, O] usual");
      assertThat(recall(balanced, x)).isEqualTo("[O, RARE, O, O] odd");
      assertThat(balanced.provenance().settings()).containsEntry("class-weights", "BALANCED");
    }
  }

  private static String recall(SequenceTagger model, TaggedSentence sentence) {
    Tagging answer = model.tag(Collections.singletonList(sentence)).get(0);
    return answer.tags() + " " + answer.intent();
  }

  @Test
  void aCrfTakesAPlainLossOnly() {
    TaggerSettings crf = SyntheticTags.tiny(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> crf.withLearning(crf.learning().withLoss(BALANCED)))
        .withMessageContaining("softmax")
        .withMessageContaining("class weights");
  }
}
