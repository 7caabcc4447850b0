package dev.carousel.bench.own;

import dev.carousel.autograd.Init;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Plans;
import dev.carousel.autograd.Tape;
import dev.carousel.autograd.Var;
import dev.carousel.bench.row.Model;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Values;
import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.cpu.fused.GateArithmetic;
import dev.carousel.nn.Embedding;
import dev.carousel.nn.Linear;
import dev.carousel.nn.Recurrent;
import dev.carousel.nn.RecurrentSettings;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Pass;
import dev.carousel.spi.Pooling;
import dev.carousel.spi.RnnPlan;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import dev.carousel.train.Adam;
import dev.carousel.train.Optimizer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole training step with core's layers, tape and optimizer, as a program would write it. */
final class ModelRun implements Exercise {
  private static final long BUDGET = 4L << 30;

  private final Backend backend;
  private final Row row;
  private final Model model;
  private final Embedding embedding;
  private final Recurrent rnn;
  private final Linear output;
  private final ParameterSet parameters;
  private final Plans plans;
  private final Tape tape;
  private final Optimizer optimizer;
  private final int[] ids;
  private final int[] gold;
  private final float[] loss = new float[2];
  private final RnnSpec spec;
  private @Nullable RnnPlan plan;
  private @Nullable GateArithmetic gates;

  ModelRun(Backend backend, Row row, Precision precision) {
    this.backend = backend;
    this.row = row;
    this.model = row.model();
    this.spec = row.spec(precision);
    Init zero = Init.constant(0); // replaced below
    ParameterSet.Builder set = ParameterSet.builder(precision);
    embedding = new Embedding(set, "embedding", model.words(), row.hidden(), zero);
    rnn = new Recurrent(set, "rnn", RecurrentSettings.of(spec));
    output = new Linear(set, "output", model.features(), model.classes());
    parameters = set.build(backend, 1);
    Values values = new Values(row);
    parameters.upload(Flat.join(values.table(), values.weights(), values.matrix(), values.bias()));
    plans = new Plans(backend.rnn(), Plans.DEFAULT_CAPACITY);
    tape = new Tape(backend, plans, BUDGET, 1);
    optimizer = new Optimizer(parameters, Adam.DEFAULT, Model.MAX_NORM);
    ids = values.ids();
    gold = values.gold();
  }

  @Override
  public void run() {
    parameters.zeroGradients();
    tape.begin();
    Tensor sum = loss();
    tape.backward();
    optimizer.step(Model.RATE);
    backend.memory().download(sum, loss, 0);
  }

  private Tensor loss() {
    Lengths lengths = Lengths.full(row.steps(), row.batch());
    Tensor words = tape.take(DType.I32, row.steps(), row.batch());
    backend.memory().upload(ids, 0, words);
    Var y = rnn.apply(tape, embedding.apply(tape, words), lengths);
    boolean pooled = model.pooled() == Model.Pooled.MEAN;
    Var features = pooled ? tape.pool(Pooling.MEAN, row.direction(), y, lengths) : y;
    Tensor labels =
        pooled ? tape.take(DType.I32, row.batch()) : tape.take(DType.I32, row.steps(), row.batch());
    backend.memory().upload(gold, 0, labels);
    return tape.softmaxLoss(output.apply(tape, features), labels, LossOptions.PLAIN);
  }

  @Override
  public Answer answer() {
    float[] losses = new float[Values.ANSWER_LOSSES];
    for (int i = 0; i < losses.length; i++) {
      run();
      losses[i] = loss[0] / loss[1];
    }
    return Answer.of("losses", losses);
  }

  @Override
  public Map<String, Action> parts() {
    Map<String, Action> parts = new LinkedHashMap<>();
    parts.put("optimizer", () -> optimizer.step(Model.RATE));
    parts.put("packing", parameters::refresh);
    if (gates == null) {
      gates = gates();
    }
    if (gates != null) {
      parts.put("gates", gates::run);
    }
    return parts;
  }

  /** Those of a plan like the one that the tape holds. */
  private @Nullable GateArithmetic gates() {
    if (plan == null) {
      plan = backend.rnn().plan(spec, row.steps(), row.batch(), Pass.TRAINING);
    }
    return GateArithmetic.of(plan, Lengths.full(row.steps(), row.batch())).orElse(null);
  }

  @Override
  public String implementation() {
    return String.join("; ", plans.describe());
  }

  @Override
  public void close() {
    if (gates != null) {
      gates.close();
    }
    if (plan != null) {
      plan.close();
    }
    optimizer.close();
    tape.close();
    plans.close();
    parameters.close();
  }
}
