package dev.carousel.autograd;

import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Activation;
import dev.carousel.spi.AttentionForward;
import dev.carousel.spi.Backend;
import dev.carousel.spi.BackendException;
import dev.carousel.spi.CrfLoss;
import dev.carousel.spi.LayerNormForward;
import dev.carousel.spi.Pass;
import dev.carousel.spi.Penalty;
import dev.carousel.spi.Pooling;
import dev.carousel.spi.RegressionLoss;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.SigmoidLoss;
import dev.carousel.spi.SoftmaxLoss;
import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The forward half of every operation, the same for training and for inference. */
abstract sealed class Forward implements Ops permits Tape, Eval {
  private static final double LAYER_NORM_EPSILON = 1e-5;

  private final Backend backend;
  private final Arena arena;
  private final Plans plans;
  private final List<RnnPlan> inUse = new ArrayList<>();
  private @Nullable Observer observer;

  Forward(Backend backend, Plans plans, Arena arena) {
    this.backend = backend;
    this.plans = plans;
    this.arena = arena;
  }

  /** Whether gradients will be asked for. */
  abstract Pass pass();

  /** Keeps an op whose result has a gradient. */
  abstract void keep(Op op);

  /** What this step drops of these weights; null for nothing. */
  abstract @Nullable WeightDrop drop(RnnParameter weights, double rate);

  /** Forgets the last step: its memory, its plans, and who looked at it. */
  void forget() {
    observer = null;
    inUse.forEach(plans::giveBack);
    inUse.clear();
    arena.release(0);
  }

  /** The plans of this step, kept open until they are given back. */
  final List<RnnPlan> holdPlans() {
    List<RnnPlan> held = List.copyOf(inUse);
    plans.takeAgain(held);
    return held;
  }

  final void giveBack(List<RnnPlan> held) {
    held.forEach(plans::giveBack);
  }

  final boolean training() {
    return pass() == Pass.TRAINING;
  }

  final Var var(Tensor value, boolean needsGradient) {
    return new Var(value, needsGradient && training());
  }

  final Var keepIfNeeded(Var out, Op op) {
    if (out.needsGradient()) {
      keep(op);
    }
    return out;
  }

  @Override
  public final void observe(@Nullable Observer by) {
    observer = by;
  }

  @Override
  public final void show(String layer, int head, Tensor weights, Lengths keys) {
    if (observer != null) {
      observer.attention(new Observer.Looked(layer, head, weights, keys));
    }
  }

  @Override
  public final void show(Observer.Stepped run) {
    if (observer != null) {
      observer.steps(run);
    }
  }

  @Override
  public final Backend backend() {
    return backend;
  }

  @Override
  public final Tensor take(DType type, int... dims) {
    return arena.take(type, Shape.of(dims));
  }

  final Tensor like(Var v) {
    return arena.take(v.value().type(), v.shape());
  }

  @Override
  public final Var constant(Tensor value) {
    return var(value, false);
  }

  @Override
  public final Var input(Tensor value) {
    return var(value, true);
  }

  @Override
  public final Var parameter(Parameter p) {
    Var out = var(p.value(), !p.frozen());
    return keepIfNeeded(out, new Op.Use(p, out));
  }

  @Override
  public final Var embed(Tensor ids, Parameter table) {
    Var out = var(gather(ids, table), !table.frozen());
    return keepIfNeeded(out, new Op.Embed(ids, table, out));
  }

  @Override
  public final Var lookup(Tensor ids, Parameter table) {
    return constant(gather(ids, table));
  }

  private Tensor gather(Tensor ids, Parameter table) {
    Tensor out = take(DType.F32, append(ids.shape().dims(), table.shape().dim(1)));
    backend.embedding().gather(ids, table.value(), out);
    return out;
  }

  @Override
  public final Var recur(Var x, Lengths lengths, RnnParameter weights) {
    Var in = readable(x);
    Var y = run(in, lengths, new RnnUse(weights, null), null, null);
    show(new Observer.Recurred(weights, in, lengths, null, y, null));
    return y;
  }

  @Override
  public final Recurrence recurWithState(
      Var x, Lengths lengths, RnnParameter weights, @Nullable StateVar initial) {
    return recurDropped(x, lengths, weights, initial, 0);
  }

  @Override
  public final Recurrence recurDropped(
      Var x, Lengths lengths, RnnParameter weights, @Nullable StateVar initial, double rate) {
    Var in = readable(x);
    StateVar last = lastState(weights.spec(), lengths.batch(), needsGradient(in, initial, weights));
    Var y = run(in, lengths, new RnnUse(weights, drop(weights, rate)), initial, last);
    show(new Observer.Recurred(weights, in, lengths, initial, y, last));
    return new Recurrence(y, last);
  }

  @Override
  public final Var readable(Var x) {
    return observer == null || x.needsGradient() ? x : input(x.value());
  }

  private void show(Observer.Recurred call) {
    if (observer != null) {
      observer.recurrence(call);
    }
  }

  private Var run(
      Var x, Lengths lengths, RnnUse use, @Nullable StateVar initial, @Nullable StateVar last) {
    RnnSpec spec = use.weights().spec();
    boolean backward = training() && needsGradient(x, initial, use.weights());
    Pass purpose = backward ? Pass.TRAINING : Pass.INFERENCE;
    RnnPlan plan = plans.take(spec, lengths.maxSteps(), lengths.batch(), purpose);
    inUse.add(plan);
    Var y = var(take(DType.F32, spec.outputShape(plan.steps(), plan.batch()).dims()), backward);
    RnnForward io =
        new RnnForward(
            new Sequences(x.value(), lengths),
            initial == null ? null : initial.values(),
            use.packed(),
            y.value(),
            last == null ? null : last.values(),
            backward ? scratch("reserve", plan.spec(), plan.reserveBytes()) : null,
            scratch("work space", plan.spec(), plan.workBytes()));
    plan.forward(io);
    return keepIfNeeded(y, new Op.Recur(x, initial, use, plan, io, y, last));
  }

  private static boolean needsGradient(Var x, @Nullable StateVar initial, RnnParameter weights) {
    return x.needsGradient() || weights.trained() || (initial != null && initial.needsGradient());
  }

  private StateVar lastState(RnnSpec spec, int batch, boolean needsGradient) {
    Var h = var(take(DType.F32, spec.hiddenShape(batch).dims()), needsGradient);
    Var c =
        spec.cell().hasCellState()
            ? var(take(DType.F32, spec.cellShape(batch).dims()), needsGradient)
            : null;
    return new StateVar(h, c);
  }

  private Tensor scratch(String what, Object of, long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw new BackendException(
          "the %s of %s takes %d bytes, more than one tensor holds: use smaller batches or shorter sequences"
              .formatted(what, of, bytes));
    }
    return take(DType.BYTE, (int) bytes);
  }

  @Override
  public final Var linear(Var x, LinearParameter weights) {
    int[] dims = x.shape().dims();
    dims[dims.length - 1] = weights.outputs();
    Var out = var(take(DType.F32, dims), x.needsGradient() || weights.trained());
    Parameter bias = weights.bias();
    backend
        .linear()
        .forward(x.value(), weights.packed(), bias == null ? null : bias.value(), out.value());
    return keepIfNeeded(out, new Op.Linear(x, weights, out));
  }

  @Override
  public final Var layerNorm(Var x, Parameter gain, Parameter shift) {
    Var out = var(like(x), x.needsGradient() || !gain.frozen() || !shift.frozen());
    Tensor statistics = take(x.value().type(), x.shape().rows(), 2);
    LayerNormForward io =
        new LayerNormForward(
            x.value(), gain.value(), shift.value(), LAYER_NORM_EPSILON, out.value(), statistics);
    backend.normalization().forward(io);
    return keepIfNeeded(out, new Op.LayerNorm(x, gain, shift, io, out));
  }

  @Override
  public final Var add(Var a, Var b) {
    Var out = var(like(a), a.needsGradient() || b.needsGradient());
    backend.elementwise().add(a.value(), b.value(), out.value());
    return keepIfNeeded(out, new Op.Add(a, b, out));
  }

  @Override
  public final Var multiply(Var a, Var b) {
    Var out = var(like(a), a.needsGradient() || b.needsGradient());
    backend.elementwise().multiply(a.value(), b.value(), out.value());
    return keepIfNeeded(out, new Op.Multiply(a, b, out));
  }

  @Override
  public final Var scale(Var x, double factor) {
    Var out = var(zeros(x), x.needsGradient());
    backend.elementwise().addScaled(factor, x.value(), out.value());
    return keepIfNeeded(out, new Op.Scale(x, factor, out));
  }

  final Tensor zeros(Var v) {
    Tensor t = like(v);
    backend.memory().fill(t, 0);
    return t;
  }

  @Override
  public final Var activate(Activation f, Var x) {
    Var out = var(like(x), x.needsGradient());
    backend.elementwise().activate(f, x.value(), out.value());
    return keepIfNeeded(out, new Op.Activate(f, x, out));
  }

  @Override
  public final Var reshape(Var x, int... dims) {
    Var out = var(x.value().as(dims), x.needsGradient());
    return keepIfNeeded(out, new Op.Reshape(x, out));
  }

  @Override
  public final Var concat(Var... parts) {
    int[] dims = parts[0].shape().dims();
    dims[dims.length - 1] = Arrays.stream(parts).mapToInt(p -> p.shape().dim(-1)).sum();
    Var out = var(take(DType.F32, dims), Arrays.stream(parts).anyMatch(Var::needsGradient));
    backend
        .elementwise()
        .concat(Arrays.stream(parts).map(Var::value).toArray(Tensor[]::new), out.value());
    return keepIfNeeded(out, new Op.Concat(List.of(parts), out));
  }

  @Override
  public final List<Var> split(Var whole, int... sizes) {
    List<Var> parts = new ArrayList<>();
    for (int size : sizes) {
      int[] dims = whole.shape().dims();
      dims[dims.length - 1] = size;
      parts.add(var(take(DType.F32, dims), whole.needsGradient()));
    }
    backend
        .elementwise()
        .split(whole.value(), parts.stream().map(Var::value).toArray(Tensor[]::new));
    if (whole.needsGradient()) {
      keep(new Op.Split(whole, List.copyOf(parts)));
    }
    return List.copyOf(parts);
  }

  @Override
  public final List<Var> steps(Var x) {
    Shape one = Shape.of(1, x.shape().dim(1), x.shape().dim(2));
    List<Var> parts = new ArrayList<>();
    for (int t = 0; t < x.shape().dim(0); t++) {
      parts.add(var(x.value().slice(t * one.size(), one), x.needsGradient()));
    }
    if (x.needsGradient()) {
      keep(new Op.Steps(x, List.copyOf(parts)));
    }
    return List.copyOf(parts);
  }

  @Override
  public final Var stack(List<Var> parts) {
    int[] dims = parts.get(0).shape().dims();
    dims[0] = parts.stream().mapToInt(p -> p.shape().dim(0)).sum();
    Var out = var(take(DType.F32, dims), parts.stream().anyMatch(Var::needsGradient));
    long at = 0;
    for (Var part : parts) {
      backend.memory().copy(part.value(), out.value().slice(at, part.shape()));
      at += part.value().size();
    }
    return keepIfNeeded(out, new Op.Stack(List.copyOf(parts), out));
  }

  @Override
  public final void penalizeSize(Var x, double weight) {
    if (weight != 0 && x.needsGradient()) {
      keep(new Op.PenalizeSize(x, weight));
    }
  }

  @Override
  public final void penalizeChange(Var x, double weight) {
    if (weight != 0 && x.needsGradient() && x.shape().dim(0) > 1) {
      keep(new Op.PenalizeChange(x, weight));
    }
  }

  @Override
  public final Var pool(Pooling pooling, Direction direction, Var x, Lengths lengths) {
    int n = lengths.batch();
    int c = x.shape().dim(2);
    Var out = var(take(DType.F32, n, c), x.needsGradient());
    Tensor argmax = pooling == Pooling.MAX ? take(DType.I32, n, c) : null;
    backend
        .pooling()
        .forward(pooling, direction, new Sequences(x.value(), lengths), out.value(), argmax);
    return keepIfNeeded(out, new Op.Pool(pooling, direction, x, lengths, argmax, out));
  }

  @Override
  public final Attended attend(Var q, Var k, Var v, Lengths keys, double scale) {
    Var out = attended(q, v, anyNeedsGradient(q, k, v));
    Tensor weights = weights(q, k);
    AttentionForward io =
        new AttentionForward(q.value(), k.value(), v.value(), keys, scale, weights, out.value());
    backend.attention().forward(io);
    return new Attended(keepIfNeeded(out, new Op.Attend(q, k, v, io, out)), weights);
  }

  @Override
  public final Attended attendAdditively(Var q, Var k, Var v, Lengths keys, Parameter energy) {
    Var out = attended(q, v, anyNeedsGradient(q, k, v) || !energy.frozen());
    Tensor weights = weights(q, k);
    AttentionForward io =
        new AttentionForward(q.value(), k.value(), v.value(), keys, 1, weights, out.value());
    backend.additiveAttention().forward(io, energy.value());
    Op op = new Op.AttendAdditively(q, k, v, energy, io, out);
    return new Attended(keepIfNeeded(out, op), weights);
  }

  private static boolean anyNeedsGradient(Var q, Var k, Var v) {
    return q.needsGradient() || k.needsGradient() || v.needsGradient();
  }

  private Var attended(Var q, Var v, boolean needsGradient) {
    return var(
        take(DType.F32, q.shape().dim(0), q.shape().dim(1), v.shape().dim(2)), needsGradient);
  }

  private Tensor weights(Var q, Var k) {
    return take(DType.F32, q.shape().dim(0), q.shape().dim(1), k.shape().dim(0));
  }

  @Override
  public final Tensor softmaxLoss(Var logits, Tensor gold, LossOptions options) {
    Tensor loss = take(DType.F32, 2);
    Tensor d = gradientOfLoss(logits);
    SoftmaxLoss io =
        new SoftmaxLoss(
            logits.value(),
            gold,
            options.classWeights(),
            options.smoothing(),
            loss,
            d,
            options.weight());
    if (options.focus() == 0) {
      backend.loss().softmax(io);
    } else {
      backend.loss().focalSoftmax(io, options.focus());
    }
    return keepLoss(logits, d, loss);
  }

  @Override
  public final Tensor sigmoidLoss(Var logits, Tensor targets, LossOptions options) {
    options.refuse("sigmoid", true, true);
    Tensor loss = take(DType.F32, 2);
    Tensor d = gradientOfLoss(logits);
    SigmoidLoss io =
        new SigmoidLoss(logits.value(), targets, options.classWeights(), loss, d, options.weight());
    if (options.focus() == 0) {
      backend.loss().sigmoid(io);
    } else {
      backend.loss().focalSigmoid(io, options.focus());
    }
    return keepLoss(logits, d, loss);
  }

  @Override
  public final Tensor regressionLoss(
      Var predictions, Tensor targets, Penalty penalty, double weight) {
    Tensor loss = take(DType.F32, 2);
    Tensor d = gradientOfLoss(predictions);
    backend
        .loss()
        .regression(new RegressionLoss(predictions.value(), targets, penalty, loss, d, weight));
    return keepLoss(predictions, d, loss);
  }

  @Override
  public final Tensor crfLoss(
      Var emissions, Parameter transitions, Tensor gold, Lengths lengths, LossOptions options) {
    options.refuse("CRF", false, false);
    Tensor loss = take(DType.F32, 2);
    Tensor d = gradientOfLoss(emissions);
    long bytes =
        backend.crf().workBytes(lengths.maxSteps(), lengths.batch(), emissions.shape().dim(2));
    backend
        .crf()
        .loss(
            new CrfLoss(
                new Sequences(emissions.value(), lengths),
                transitions.value(),
                gold,
                loss,
                d,
                training() ? transitions.gradientIfTrained() : null,
                options.weight(),
                scratch("work space", "the CRF", bytes)));
    return keepLoss(emissions, d, loss);
  }

  private @Nullable Tensor gradientOfLoss(Var logits) {
    return logits.needsGradient() ? like(logits) : null;
  }

  private Tensor keepLoss(Var logits, @Nullable Tensor d, Tensor loss) {
    if (d != null) {
      keep(new Op.Loss(logits, d));
    }
    return loss;
  }

  private static int[] append(int[] dims, int last) {
    int[] all = Arrays.copyOf(dims, dims.length + 1);
    all[dims.length] = last;
    return all;
  }
}
