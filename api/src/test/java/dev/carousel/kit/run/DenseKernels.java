package dev.carousel.kit.run;

import static dev.carousel.kit.run.OrdinaryOperands.C;
import static dev.carousel.kit.run.OrdinaryOperands.N;

import dev.carousel.kit.run.KernelCatalog.Kernel;
import dev.carousel.spi.Activation;
import dev.carousel.spi.LayerNormBackward;
import dev.carousel.spi.LayerNormForward;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.Noise;
import dev.carousel.tensor.Tensor;
import java.util.List;

/** Linear layers, element-wise kernels, embeddings, normalisation, dropout. */
final class DenseKernels {
  private DenseKernels() {}

  static List<Kernel> all() {
    return List.of(
        new Kernel("linear.forward", DenseKernels::linearForward),
        new Kernel("linear.backward", DenseKernels::linearBackward),
        new Kernel("elementwise", DenseKernels::elementwise),
        new Kernel("elementwise.concat", DenseKernels::concat),
        new Kernel("embedding.gather", DenseKernels::gather),
        new Kernel("embedding.scatterAdd", DenseKernels::scatterAdd),
        new Kernel("normalization", DenseKernels::layerNorm),
        new Kernel("noise.dropout", DenseKernels::dropout),
        new Kernel("noise.dropRows", DenseKernels::dropRows));
  }

  private static Noise noise(OrdinaryOperands o) {
    return new Noise(o.call().in("state", new int[] {1, 2, 3}, 3), 4);
  }

  private static Runnable linearForward(OrdinaryOperands o) {
    var w = o.call().packed(o.in("w", 5, C), o.precision());
    Tensor x = o.in("x", o.steps(), N, C);
    Tensor bias = o.in("bias", 5);
    Tensor y = o.call().written("y", o.steps(), N, 5);
    return () -> o.call().backend().linear().forward(x, w, bias, y);
  }

  private static Runnable linearBackward(OrdinaryOperands o) {
    var w = o.call().packed(o.in("w", 5, C), o.precision());
    LinearBackward io =
        new LinearBackward(
            o.in("x", o.steps(), N, C),
            w,
            o.in("dy", o.steps(), N, 5),
            o.call().written("dx", o.steps(), N, C),
            o.call().added("dw", 5, C),
            o.call().added("dBias", 5));
    return () -> o.call().backend().linear().backward(io);
  }

  private static Runnable elementwise(OrdinaryOperands o) {
    Tensor a = o.in("a", o.steps(), N, C);
    Tensor b = o.in("b", o.steps(), N, C);
    Tensor sum = o.call().written("sum", o.steps(), N, C);
    Tensor product = o.call().written("product", o.steps(), N, C);
    Tensor y = o.call().written("y", o.steps(), N, C);
    Tensor dx = o.call().written("dx", o.steps(), N, C);
    var kernels = o.call().backend().elementwise();
    return () -> {
      kernels.add(a, b, sum);
      kernels.addScaled(0.5, a, sum);
      kernels.multiply(a, b, product);
      kernels.clamp(product, 0.125);
      kernels.activate(Activation.TANH, a, y);
      kernels.activateBackward(Activation.TANH, y, b, dx);
    };
  }

  private static Runnable concat(OrdinaryOperands o) {
    Tensor[] parts = {o.in("a", o.steps(), N, C), o.in("b", o.steps(), N, 1)};
    Tensor whole = o.call().written("whole", o.steps(), N, C + 1);
    Tensor[] again = {
      o.call().written("a2", o.steps(), N, C), o.call().written("b2", o.steps(), N, 1)
    };
    var kernels = o.call().backend().elementwise();
    return () -> {
      kernels.concat(parts, whole);
      kernels.split(whole, again);
    };
  }

  private static Runnable gather(OrdinaryOperands o) {
    Tensor ids = o.ids("ids", -1, 8);
    Tensor table = o.in("table", 9, C);
    Tensor out = o.call().written("out", o.steps(), N, C);
    return () -> o.call().backend().embedding().gather(ids, table, out);
  }

  private static Runnable scatterAdd(OrdinaryOperands o) {
    Tensor ids = o.ids("ids", -1, 8);
    Tensor dOut = o.in("dOut", o.steps(), N, C);
    Tensor dTable = o.call().added("dTable", 9, C);
    return () -> o.call().backend().embedding().scatterAdd(ids, dOut, dTable);
  }

  private static Runnable layerNorm(OrdinaryOperands o) {
    LayerNormForward forward =
        new LayerNormForward(
            o.in("x", o.steps(), N, C),
            o.in("gain", C),
            o.in("shift", C),
            1e-5,
            o.call().written("y", o.steps(), N, C),
            o.call().written("statistics", o.steps() * N, 2));
    LayerNormBackward backward =
        new LayerNormBackward(
            forward,
            o.in("dy", o.steps(), N, C),
            o.call().written("dx", o.steps(), N, C),
            o.call().added("dGain", C),
            o.call().added("dShift", C));
    var kernels = o.call().backend().normalization();
    return () -> {
      kernels.forward(forward);
      kernels.backward(backward);
    };
  }

  private static Runnable dropout(OrdinaryOperands o) {
    Noise noise = noise(o);
    Tensor x = o.in("x", o.steps(), N, C);
    Tensor y = o.call().written("y", o.steps(), N, C);
    return () -> o.call().backend().noise().dropout(x, y, 0.3, N * C, noise);
  }

  private static Runnable dropRows(OrdinaryOperands o) {
    Noise noise = noise(o);
    Tensor ids = o.ids("ids", -1, 8);
    Tensor x = o.in("x", o.steps(), N, C);
    Tensor y = o.call().written("y", o.steps(), N, C);
    return () -> o.call().backend().noise().dropRows(ids, x, y, 0.3, noise);
  }
}
