package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Ops;
import dev.carousel.rnn.Cell;
import dev.carousel.tensor.Tensor;
import dev.carousel.train.Recall.Batch;
import dev.carousel.train.TrainingEvent.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Batch DEV = Batch.random(-1, 5, 20);

  private final Recall recall = new Recall(Cell.GRU, 0, 3);

  @AfterEach
  void close() {
    recall.close();
  }

  private static TrainingSettings settings(int epochs) {
    return TrainingSettings.of(Adam.DEFAULT, new ConstantRate(0.01), epochs);
  }

  private Trainer<Batch> trainer(TrainingSettings settings) {
    return Trainer.of(recall.parameters(), recall, Recall.batches(6)).settings(settings);
  }

  /** Metrics that come one after the other. */
  private static Evaluator accuracies(double... values) {
    PrimitiveIterator.OfDouble next = DoubleStream.of(values).iterator();
    return () -> Map.of("accuracy", next.nextDouble());
  }

  @Test
  void anAccumulatedStepIsTheStepOfOneLargeBatch() {
    Batch large = Batch.random(5, 4, 9);
    List<Batch> parts = List.of(rows(large, 0, 1), rows(large, 1, 6), rows(large, 6, 9));
    TrainingSettings descent = TrainingSettings.of(Sgd.PLAIN, new ConstantRate(1), 1);
    float[] start = recall.parameters().download();
    Trainer.of(recall.parameters(), recall, BatchSource.same(Batches.of(List.of(large))))
        .settings(descent)
        .run();
    float[] whole = recall.parameters().download();
    recall.parameters().upload(start);
    TrainingResult result =
        Trainer.of(recall.parameters(), recall, BatchSource.same(Batches.of(parts)))
            .settings(descent.withAccumulation(3))
            .run();
    assertThat(result.steps()).isEqualTo(1);
    assertThat(recall.parameters().download())
        .containsExactly(whole, within(1e-6f))
        .isNotEqualTo(start);
  }

  private static Batch rows(Batch b, int from, int to) {
    int n = to - from;
    int[] words = new int[b.steps() * n];
    for (int t = 0; t < b.steps(); t++) {
      System.arraycopy(b.words(), t * b.rows() + from, words, t * n, n);
    }
    return new Batch(words, b.steps(), Arrays.copyOfRange(b.lengths(), from, to));
  }

  @Test
  void theBestModelIsKept() {
    List<float[]> atEvaluation = new ArrayList<>();
    Evaluator scripted = accuracies(0.3, 0.7, 0.5, 0.7);
    TrainingResult result =
        trainer(settings(4).withSelection(Selection.best("accuracy", Goal.MAXIMIZE)))
            .evaluator(
                () -> {
                  atEvaluation.add(recall.parameters().download());
                  return scripted.evaluate();
                })
            .run();
    assertThat(result.reason()).isEqualTo(Reason.COMPLETED);
    assertThat(result.best()).containsExactly(Map.entry("accuracy", 0.7));
    assertThat(result.bestStep()).isEqualTo(12);
    assertThat(recall.parameters().download()).containsExactly(atEvaluation.get(1));
  }

  @Test
  void withoutASelectionTheLastModelIsKept() {
    TrainingResult result = trainer(settings(2)).evaluator(accuracies(0.9, 0.1)).run();
    assertThat(result.best()).containsExactly(Map.entry("accuracy", 0.1));
    assertThat(result.bestStep()).isEqualTo(12);
    assertThat(result.epochs()).isEqualTo(2);
  }

  @Test
  void trainingStopsEarlyWithoutProgress() {
    TrainingResult result =
        trainer(settings(9).withSelection(Selection.stopping("accuracy", Goal.MAXIMIZE, 2)))
            .evaluator(accuracies(0.3, 0.7, 0.5, 0.6))
            .run();
    assertThat(result.reason()).isEqualTo(Reason.NO_PROGRESS);
    assertThat(result.epochs()).isEqualTo(4);
    assertThat(result.bestStep()).isEqualTo(12);
  }

  @Test
  void theRateFollowsThePlateau() {
    List<Double> rates = new ArrayList<>();
    TrainingSettings plateau =
        TrainingSettings.of(Adam.DEFAULT, new ReduceOnPlateau(0.1, 0.5, 0, 0, Goal.MAXIMIZE), 4)
            .withSelection(Selection.best("accuracy", Goal.MAXIMIZE));
    trainer(plateau)
        .housekeeping(Housekeeping.DEFAULT.withReadEvery(6))
        .evaluator(accuracies(0.3, 0.2, 0.1, 0.4))
        .listener(
            new TrainingListener() {
              @Override
              public void onStep(TrainingEvent.Stepped e) {
                rates.add(e.learningRate());
              }
            })
        .run();
    assertThat(rates).containsExactly(0.1, 0.1, 0.05, 0.025);
  }

  @Test
  void listenersHearEverythingInOrder() {
    Listening heard = new Listening();
    trainer(
            settings(2)
                .withLimits(new TrainingSettings.Limits(2, Long.MAX_VALUE, 4))
                .withSelection(Selection.best("accuracy", Goal.MAXIMIZE)))
        .housekeeping(Housekeeping.DEFAULT.withReadEvery(2))
        .evaluator(accuracies(0.3, 0.2, 0.4, 0.5))
        .listener(heard)
        .run();
    assertThat(heard.events)
        .containsExactly(
            "started 0:0/6 0",
            "epoch 0:0/6 0",
            "step 0:2/6 2",
            "step 0:4/6 4",
            "BEST 0:4/6 4",
            "step 0:6/6 6",
            "NOT_BETTER 0:6/6 6",
            "ended epoch 0:6/6 6",
            "epoch 1:0/6 6",
            "step 1:2/6 8",
            "BEST 1:2/6 8",
            "step 1:4/6 10",
            "step 1:6/6 12",
            "BEST 1:6/6 12",
            "ended epoch 1:6/6 12",
            "COMPLETED");
    assertThat(heard.tokens).isEqualTo(2 * (3 * 2 + 4 * 3 + 5 * 4 + 3 * 5 + 4 * 2 + 5 * 3));
  }

  @Test
  void gradientsAreToldEachSoManyStepsAndMakeUpTheGlobalNorm() {
    recall.parameters().freeze(p -> p.name().equals("head.bias"));
    Map<Long, Double> told = new HashMap<>();
    Map<Long, Double> global = new HashMap<>();
    trainer(settings(1).withClipping(new Clipping(0.01, 1e-3)))
        .housekeeping(Housekeeping.DEFAULT.withReadEvery(1).withGradientsEvery(2))
        .listener(
            new TrainingListener() {
              @Override
              public void onGradients(TrainingEvent.Gradients e) {
                assertThat(e.norms().keySet())
                    .startsWith("embedding.weight", "rnn.weight_ih_l0")
                    .endsWith("head.weight");
                double squares = e.norms().values().stream().mapToDouble(n -> n * n).sum();
                told.put(e.at().totalSteps(), Math.sqrt(squares));
              }

              @Override
              public void onStep(TrainingEvent.Stepped e) {
                global.put(e.at().totalSteps(), e.gradientNorm());
              }
            })
        .run();
    assertThat(told).containsOnlyKeys(2L, 4L, 6L);
    // the global norm is that of clipped values, the others were taken before
    told.forEach((step, norm) -> assertThat(norm).isGreaterThan(global.get(step)));
    recall.parameters().unfreeze(p -> true);
  }

  @Test
  void withoutClippedValuesTheNormsOfAllParametersAreTheGlobalNorm() {
    Map<Long, Double> told = new HashMap<>();
    trainer(settings(1))
        .housekeeping(Housekeeping.DEFAULT.withReadEvery(1).withGradientsEvery(1))
        .listener(
            new TrainingListener() {
              @Override
              public void onGradients(TrainingEvent.Gradients e) {
                double squares = e.norms().values().stream().mapToDouble(n -> n * n).sum();
                told.put(e.at().totalSteps(), Math.sqrt(squares));
              }

              @Override
              public void onStep(TrainingEvent.Stepped e) {
                assertThat(told.get(e.at().totalSteps()))
                    .isCloseTo(e.gradientNorm(), within(1e-9 * e.gradientNorm()));
              }
            })
        .run();
    assertThat(told).hasSize(6);
  }

  /** Writes down what it hears. */
  private static final class Listening implements TrainingListener {
    private final List<String> events = new ArrayList<>();
    private long tokens;

    private void add(String what, TrainingEvent e) {
      TrainingEvent.Position at = e.at();
      events.add(
          "%s %d:%d/%d %d".formatted(what, at.epoch(), at.step(), at.steps(), at.totalSteps()));
    }

    @Override
    public void onStart(TrainingEvent.Started e) {
      add("started", e);
    }

    @Override
    public void onEpochStart(TrainingEvent.EpochStarted e) {
      add("epoch", e);
    }

    @Override
    public void onStep(TrainingEvent.Stepped e) {
      tokens += e.tokens();
      assertThat(e.loss()).isBetween(0.1, 3.0);
      assertThat(e.gradientNorm()).isPositive();
      add("step", e);
    }

    @Override
    public void onEvaluation(TrainingEvent.Evaluated e) {
      assertThat(e.set()).isEqualTo("dev");
      add(e.verdict().name(), e);
    }

    @Override
    public void onEpochEnd(TrainingEvent.EpochEnded e) {
      add("ended epoch", e);
    }

    @Override
    public void onEnd(TrainingEvent.Ended e) {
      events.add(e.reason().name());
    }
  }

  @Test
  void theReportedLossIsTheMeanOverAllRows() {
    Batch one = Batch.random(1, 4, 3);
    Batch two = Batch.random(2, 5, 7);
    double expected =
        (3 * recall.measure(one).get("loss") + 7 * recall.measure(two).get("loss")) / 10;
    double[] reported = new double[2];
    Trainer.of(recall.parameters(), recall, BatchSource.same(Batches.of(List.of(one, two))))
        .settings(TrainingSettings.of(Sgd.PLAIN, new ConstantRate(1e-9), 1))
        .listener(
            new TrainingListener() {
              @Override
              public void onStep(TrainingEvent.Stepped e) {
                reported[0] = e.loss();
              }

              @Override
              public void onEpochEnd(TrainingEvent.EpochEnded e) {
                reported[1] = e.loss();
              }
            })
        .run();
    assertThat(reported[0]).isCloseTo(expected, within(1e-6));
    assertThat(reported[1]).isCloseTo(expected, within(1e-6));
  }

  @Test
  void aDivergedTrainingSaysWhereAndLeavesTheParametersAlone() {
    float[][] before = new float[1][];
    TrainingTask<Batch> explodes =
        new Spoiled() {
          @Override
          void spoil(int batch, Ops ops, Tensor loss) {
            if (batch == 4) {
              before[0] = recall.parameters().download();
              ops.backend().memory().fill(recall.parameters().gradients(), Double.NaN);
            }
          }
        };
    assertThatThrownBy(
            () ->
                Trainer.of(recall.parameters(), explodes, Recall.batches(6))
                    .settings(settings(1))
                    .housekeeping(Housekeeping.DEFAULT.withReadEvery(1))
                    .run())
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("epoch 1")
        .hasMessageContaining("step 4")
        .hasMessageContaining("gradient norm NaN")
        .hasMessageContaining("learning rate 0.01")
        .hasMessageContaining("try a lower learning rate");
    assertThat(recall.parameters().download()).containsExactly(before[0]);
  }

  /** The task with something done to each loss, counted from 1. */
  private abstract class Spoiled implements TrainingTask<Batch> {
    private int batches;

    abstract void spoil(int batch, Ops ops, Tensor loss);

    @Override
    public Tensor loss(Ops ops, Batch batch, double weight) {
      Tensor loss = recall.loss(ops, batch, weight);
      spoil(++batches, ops, loss);
      return loss;
    }

    @Override
    public double rows(Batch batch) {
      return recall.rows(batch);
    }

    @Override
    public long tokens(Batch batch) {
      return recall.tokens(batch);
    }
  }

  @Test
  void aGradientThatIsNotFiniteIsNoticedHoweverSeldomItIsRead() {
    TrainingTask<Batch> explodes =
        new Spoiled() {
          @Override
          void spoil(int batch, Ops ops, Tensor loss) {
            if (batch == 2) {
              Tensor all = recall.parameters().gradients();
              ops.backend().memory().fill(all, Double.POSITIVE_INFINITY);
            }
          }
        };
    assertThatThrownBy(() -> Trainer.of(recall.parameters(), explodes, Recall.batches(6)).run())
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("1 update was left out");
  }

  @Test
  void aLossThatIsNotFiniteIsNoticedHoweverSeldomItIsRead() {
    TrainingTask<Batch> explodes =
        new Spoiled() {
          @Override
          void spoil(int batch, Ops ops, Tensor loss) {
            if (batch == 2) {
              ops.backend().memory().fill(loss, Double.POSITIVE_INFINITY);
            }
          }
        };
    assertThatThrownBy(() -> Trainer.of(recall.parameters(), explodes, Recall.batches(6)).run())
        .isInstanceOf(TrainingDivergedException.class);
  }

  @Test
  void nothingThatFollowsAMetricIsLeftWithoutOne() {
    Selection best = Selection.best("accuracy", Goal.MAXIMIZE);
    assertThat(settings(1).withSelection(best).withoutSelection()).isEqualTo(settings(1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                settings(9)
                    .withSelection(Selection.stopping("accuracy", Goal.MAXIMIZE, 2))
                    .withoutSelection())
        .withMessageContaining("2 evaluations without a better accuracy");
    Schedule plateau = new ReduceOnPlateau(0.1, 0.5, 1, 0, Goal.MAXIMIZE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(9).withSelection(best).withSchedule(plateau).withoutSelection())
        .withMessageContaining("follows a metric");
  }

  @Test
  void whatASettingNeedsMustBeThere() {
    Selection byF1 = Selection.best("f1", Goal.MAXIMIZE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer(settings(1).withSelection(byF1)).run())
        .withMessageContaining("f1")
        .withMessageContaining("no evaluator");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                trainer(settings(1).withSelection(byF1)).evaluator(() -> recall.measure(DEV)).run())
        .withMessageContaining("selected by f1")
        .withMessageContaining("accuracy");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                trainer(
                        TrainingSettings.of(
                            Adam.DEFAULT, new ReduceOnPlateau(0.1, 0.5, 0, 0, Goal.MAXIMIZE), 1))
                    .run())
        .withMessageContaining("follows a metric");
    assertThatIllegalStateException()
        .isThrownBy(() -> trainer(settings(1)).resume())
        .withMessageContaining("no checkpoint file");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trainer.of(recall.parameters(), recall, Recall.batches(0)).run())
        .withMessageContaining("no batches");
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    float[] start = recall.parameters().download();
    trainer(settings(2)).run();
    float[] first = recall.parameters().download();
    recall.parameters().upload(start);
    trainer(settings(2)).run();
    assertThat(recall.parameters().download()).containsExactly(first);
    assertThat(Arrays.equals(first, start)).isFalse();
  }
}
