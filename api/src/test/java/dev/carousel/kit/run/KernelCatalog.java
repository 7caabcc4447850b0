package dev.carousel.kit.run;

import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Activation;
import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.spi.CrfLoss;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.Noise;
import dev.carousel.spi.Pooling;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.spi.SgdUpdate.Momentum;
import dev.carousel.spi.SigmoidLoss;
import dev.carousel.spi.SoftmaxLoss;
import dev.carousel.spi.WeightDecay;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One ordinary call of every kernel but the recurrent ones, for what is promised of all alike:
 * inputs stay, nothing is allocated, the bits are the same every time and in a replay. T steps, N =
 * 4 rows, C = 6 features.
 */
public final class KernelCatalog {
  private static final int N = 4;
  private static final int C = 6;

  /**
   * A kernel and its operands.
   *
   * @param name of the kernel
   * @param prepare makes the operands and says how to run it
   */
  public record Kernel(String name, Function<KernelCall, Runnable> prepare) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final int steps;
  private final KernelCall call;
  private final RandomValues random = new RandomValues(90);

  private KernelCatalog(int steps, KernelCall call) {
    this.steps = steps;
    this.call = call;
  }

  private static Kernel kernel(String name, int steps, Function<KernelCatalog, Runnable> prepare) {
    return new Kernel(name, call -> prepare.apply(new KernelCatalog(steps, call)));
  }

  /** All of them, on tensors of {@code steps} steps. */
  public static List<Kernel> all(int steps) {
    return Stream.of(dense(steps), overTime(steps), losses(steps), updates(steps))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Kernel> dense(int steps) {
    return List.of(
        kernel("linear.forward", steps, KernelCatalog::linearForward),
        kernel("linear.backward", steps, KernelCatalog::linearBackward),
        kernel("elementwise", steps, KernelCatalog::elementwise),
        kernel("elementwise.concat", steps, KernelCatalog::concat),
        kernel("embedding.gather", steps, KernelCatalog::gather),
        kernel("embedding.scatterAdd", steps, KernelCatalog::scatterAdd),
        kernel("noise.dropout", steps, KernelCatalog::dropout),
        kernel("noise.dropRows", steps, KernelCatalog::dropRows));
  }

  private static List<Kernel> overTime(int steps) {
    Stream<Kernel> pooling =
        Stream.of(Pooling.values())
            .map(
                p ->
                    kernel(
                        "pooling." + p.name().toLowerCase(Locale.ROOT), steps, c -> c.pooling(p)));
    return Stream.concat(pooling, Stream.of(kernel("attention", steps, KernelCatalog::attention)))
        .toList();
  }

  private static List<Kernel> losses(int steps) {
    return List.of(
        kernel("loss.softmax", steps, KernelCatalog::softmax),
        kernel("loss.sigmoid", steps, KernelCatalog::sigmoid),
        kernel("loss.probabilities", steps, KernelCatalog::probabilities),
        kernel("crf.loss", steps, KernelCatalog::crf),
        kernel("crf.viterbi", steps, KernelCatalog::viterbi));
  }

  private static List<Kernel> updates(int steps) {
    return List.of(
        kernel("optimizer.adam", steps, KernelCatalog::adam),
        kernel("optimizer.sgd", steps, KernelCatalog::sgd));
  }

  private Tensor in(String name, int... dims) {
    int size = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    return call.in(name, random.uniform(size, 1), dims);
  }

  private Tensor ids(String name, int least, int most) {
    return call.in(name, random.integers(steps * N, least, most), steps, N);
  }

  private Lengths lengths() {
    int[] lengths = {steps, 0, steps / 2, 1};
    return Lengths.of(steps, lengths, call.in("lengths", lengths, N));
  }

  private Precision precision() {
    return call.type() == DType.F64 ? Precision.F64 : Precision.F32;
  }

  private Runnable linearForward() {
    var w = call.packed(in("w", 5, C), precision());
    Tensor x = in("x", steps, N, C);
    Tensor bias = in("bias", 5);
    Tensor y = call.written("y", steps, N, 5);
    return () -> call.backend().linear().forward(x, w, bias, y);
  }

  private Runnable linearBackward() {
    var w = call.packed(in("w", 5, C), precision());
    LinearBackward io =
        new LinearBackward(
            in("x", steps, N, C),
            w,
            in("dy", steps, N, 5),
            call.written("dx", steps, N, C),
            call.added("dw", 5, C),
            call.added("dBias", 5));
    return () -> call.backend().linear().backward(io);
  }

  private Runnable elementwise() {
    Tensor a = in("a", steps, N, C);
    Tensor b = in("b", steps, N, C);
    Tensor sum = call.written("sum", steps, N, C);
    Tensor product = call.written("product", steps, N, C);
    Tensor y = call.written("y", steps, N, C);
    Tensor dx = call.written("dx", steps, N, C);
    var kernels = call.backend().elementwise();
    return () -> {
      kernels.add(a, b, sum);
      kernels.addScaled(0.5, a, sum);
      kernels.multiply(a, b, product);
      kernels.activate(Activation.TANH, a, y);
      kernels.activateBackward(Activation.TANH, y, b, dx);
    };
  }

  private Runnable concat() {
    Tensor[] parts = {in("a", steps, N, C), in("b", steps, N, 1)};
    Tensor whole = call.written("whole", steps, N, C + 1);
    Tensor[] again = {call.written("a2", steps, N, C), call.written("b2", steps, N, 1)};
    var kernels = call.backend().elementwise();
    return () -> {
      kernels.concat(parts, whole);
      kernels.split(whole, again);
    };
  }

  private Runnable gather() {
    Tensor ids = ids("ids", -1, 8);
    Tensor table = in("table", 9, C);
    Tensor out = call.written("out", steps, N, C);
    return () -> call.backend().embedding().gather(ids, table, out);
  }

  private Runnable scatterAdd() {
    Tensor ids = ids("ids", -1, 8);
    Tensor dOut = in("dOut", steps, N, C);
    Tensor dTable = call.added("dTable", 9, C);
    return () -> call.backend().embedding().scatterAdd(ids, dOut, dTable);
  }

  private Noise noise() {
    return new Noise(call.in("state", new int[] {1, 2, 3}, 3), 4);
  }

  private Runnable dropout() {
    Noise noise = noise();
    Tensor x = in("x", steps, N, C);
    Tensor y = call.written("y", steps, N, C);
    return () -> call.backend().noise().dropout(x, y, 0.3, N * C, noise);
  }

  private Runnable dropRows() {
    Noise noise = noise();
    Tensor ids = ids("ids", -1, 8);
    Tensor x = in("x", steps, N, C);
    Tensor y = call.written("y", steps, N, C);
    return () -> call.backend().noise().dropRows(ids, x, y, 0.3, noise);
  }

  private Runnable pooling(Pooling pooling) {
    Sequences x = new Sequences(in("x", steps, N, C), lengths());
    Tensor out = call.written("out", N, C);
    Tensor argmax = pooling == Pooling.MAX ? call.writtenInts("argmax", N, C) : null;
    Tensor dOut = in("dOut", N, C);
    Tensor dx = call.written("dx", steps, N, C);
    var kernels = call.backend().pooling();
    return () -> {
      kernels.forward(pooling, Direction.BIDIRECTIONAL, x, out, argmax);
      kernels.backward(pooling, Direction.BIDIRECTIONAL, x.lengths(), dOut, argmax, dx);
    };
  }

  private Runnable attention() {
    AttentionForward forward =
        new AttentionForward(
            in("q", 3, N, C),
            in("k", steps, N, C),
            in("v", steps, N, 5),
            lengths(),
            0.4,
            call.written("weights", 3, N, steps),
            call.written("out", 3, N, 5));
    AttentionBackward backward =
        new AttentionBackward(
            forward,
            in("dOut", 3, N, 5),
            call.written("dq", 3, N, C),
            call.written("dk", steps, N, C),
            call.written("dv", steps, N, 5));
    return () -> {
      call.backend().attention().forward(forward);
      call.backend().attention().backward(backward);
    };
  }

  private Runnable softmax() {
    SoftmaxLoss io =
        new SoftmaxLoss(
            in("logits", steps, N, C),
            ids("gold", -1, C - 1),
            call.in("weights", new double[] {1, 2, 3, 1, 2, 3}, C),
            0.1,
            call.written("loss", 2),
            call.written("dLogits", steps, N, C),
            1);
    return () -> call.backend().loss().softmax(io);
  }

  private Runnable sigmoid() {
    SigmoidLoss io =
        new SigmoidLoss(
            in("logits", steps, N, C),
            call.in("targets", random.between(steps * N * C, 0, 1), steps, N, C),
            null,
            call.written("loss", 2),
            call.written("dLogits", steps, N, C),
            1);
    return () -> call.backend().loss().sigmoid(io);
  }

  private Runnable probabilities() {
    Tensor logits = in("logits", steps, N, C);
    Tensor out = call.written("out", steps, N, C);
    return () -> call.backend().loss().probabilities(logits, out);
  }

  private Runnable crf() {
    CrfLoss io =
        new CrfLoss(
            new Sequences(in("emissions", steps, N, C), lengths()),
            in("transitions", C + 2, C),
            ids("gold", 0, C - 1),
            call.written("loss", 2),
            call.written("dEmissions", steps, N, C),
            call.added("dTransitions", C + 2, C),
            1,
            call.bytes(call.backend().crf().workBytes(steps, N, C)));
    return () -> call.backend().crf().loss(io);
  }

  private Runnable viterbi() {
    Sequences emissions = new Sequences(in("emissions", steps, N, C), lengths());
    Tensor transitions = in("transitions", C + 2, C);
    Tensor path = call.writtenInts("path", steps, N);
    Tensor score = call.written("score", N);
    Tensor work = call.bytes(call.backend().crf().workBytes(steps, N, C));
    return () -> call.backend().crf().viterbi(emissions, transitions, path, score, work);
  }

  private Runnable adam() {
    int n = steps * N * C;
    AdamUpdate io =
        new AdamUpdate(
            call.updated("p", random.uniform(n, 1), n),
            in("g", n),
            call.updated("m", new double[n], n),
            call.updated("v", new double[n], n),
            call.updatedDoubles("scalars", 0.1, 1, 0, 0, 1),
            0.9,
            0.99,
            1e-8,
            0.1,
            WeightDecay.DECOUPLED);
    var kernels = call.backend().optimizer();
    return () -> {
      kernels.advance(io.scalars());
      kernels.globalNorm(io.gradients(), io.scalars());
      kernels.adam(io);
    };
  }

  private Runnable sgd() {
    int n = steps * N * C;
    SgdUpdate io =
        new SgdUpdate(
            call.updated("p", random.uniform(n, 1), n),
            in("g", n),
            call.updated("u", new double[n], n),
            call.updatedDoubles("scalars", 0.1, 1, 0, 0, 1),
            0.9,
            Momentum.NESTEROV,
            0.1);
    var kernels = call.backend().optimizer();
    return () -> {
      kernels.globalNorm(io.gradients(), io.scalars());
      kernels.sgd(io);
    };
  }
}
