package dev.carousel.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_PROJECTION;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_PROJECTION;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import dev.carousel.rnn.WeightRole;
import dev.carousel.spi.Pass;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kernels of one layer for one (T, N, pass); both directions use them, and so do all layers
 * that read the same number of features.
 */
final class LayerKernels implements AutoCloseable {
  /** What is computed with a matrix: the kernels of the two passes want it packed differently. */
  record MatrixUse(WeightRole role, WeightForm forward, @Nullable GradientUse gradient) {}

  /**
   * @param backward the packing that backward reads
   * @param layout of the gradient it writes
   * @param unpack copies that to plain order
   */
  record GradientUse(WeightForm backward, Layout layout, Kernel unpack) {}

  private final LayerShape shape;
  private final LayerLayouts layouts;
  private final Kernel forward;
  private final @Nullable Kernel backward;
  private final Map<WeightRole, MatrixUse> matrices = new EnumMap<>(WeightRole.class);

  /**
   * @param upper whether these are the layers above the first
   * @throws UnimplementedKernelException if oneDNN cannot
   */
  LayerKernels(
      Engine engine,
      LayerShape shape,
      boolean upper,
      int steps,
      int batch,
      Pass pass,
      WeightForms forms) {
    this.shape = shape;
    layouts = new LayerLayouts(shape, steps, batch);
    CellKernels kernels = new CellKernels(engine, shape, layouts);
    Kernel compiled = null;
    try {
      compiled = kernels.forward(pass);
      backward = pass == Pass.TRAINING ? kernels.backward(compiled) : null;
    } catch (RuntimeException e) {
      if (compiled != null) {
        compiled.close();
      }
      layouts.close();
      throw e;
    }
    forward = compiled;
    use(engine, forms, WeightRole.INPUT_WEIGHT, upper);
    use(engine, forms, WeightRole.HIDDEN_WEIGHT, false);
    if (shape.projects()) {
      use(engine, forms, WeightRole.PROJECTION, false);
    }
  }

  private void use(Engine engine, WeightForms forms, WeightRole role, boolean upper) {
    int argument = weightArgument(role);
    WeightForm read = forms.require(role, upper, forward.layout(argument));
    GradientUse gradient = null;
    if (backward != null) {
      Layout layout = backward.layout(gradientArgument(role));
      try (Layout plain = CellWeights.plain(shape, role)) {
        gradient =
            new GradientUse(
                forms.require(role, upper, backward.layout(argument)),
                layout,
                Kernel.reorder(engine, layout, plain));
      }
    }
    matrices.put(role, new MatrixUse(role, read, gradient));
  }

  static int weightArgument(WeightRole role) {
    return switch (role) {
      case INPUT_WEIGHT -> DNNL_ARG_WEIGHTS_LAYER;
      case HIDDEN_WEIGHT -> DNNL_ARG_WEIGHTS_ITER;
      case PROJECTION -> DNNL_ARG_WEIGHTS_PROJECTION;
      case INPUT_BIAS, HIDDEN_BIAS -> throw new IllegalArgumentException("biases are merged");
    };
  }

  static int gradientArgument(WeightRole role) {
    return switch (role) {
      case INPUT_WEIGHT -> DNNL_ARG_DIFF_WEIGHTS_LAYER;
      case HIDDEN_WEIGHT -> DNNL_ARG_DIFF_WEIGHTS_ITER;
      case PROJECTION -> DNNL_ARG_DIFF_WEIGHTS_PROJECTION;
      case INPUT_BIAS, HIDDEN_BIAS -> throw new IllegalArgumentException("biases are merged");
    };
  }

  LayerShape shape() {
    return shape;
  }

  LayerLayouts layouts() {
    return layouts;
  }

  Kernel forward() {
    return forward;
  }

  /**
   * The backward kernel.
   *
   * @throws IllegalStateException if these kernels are not for training
   */
  Kernel backward() {
    if (backward == null) {
      throw new IllegalStateException("backward needs a plan made for TRAINING");
    }
    return backward;
  }

  boolean trains() {
    return backward != null;
  }

  /** W, U and the projection if there is one. */
  Iterable<MatrixUse> matrices() {
    return matrices.values();
  }

  /** Bytes of what forward keeps for backward beside its operands. */
  long workspaceBytes() {
    if (!trains()) {
      return 0;
    }
    try (Layout workspace = forward.layout(DNNL_ARG_WORKSPACE)) {
      return workspace.bytes();
    }
  }

  /** Bytes of scratchpad of the hungrier kernel. */
  long scratchpadBytes() {
    return Math.max(forward.scratchpadBytes(), backward == null ? 0 : backward.scratchpadBytes());
  }

  /** For example {@code forward brgemm:avx512_core}. */
  String implementation() {
    String text = "forward " + forward.implementation();
    return backward == null ? text : text + ", backward " + backward.implementation();
  }

  @Override
  public void close() {
    for (MatrixUse m : matrices.values()) {
      if (m.gradient() != null) {
        m.gradient().unpack().close();
        m.gradient().layout().close();
      }
    }
    if (backward != null) {
      backward.close();
    }
    forward.close();
    layouts.close();
  }
}
