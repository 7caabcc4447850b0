package dev.carousel.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_ldgo;
import static org.bytedeco.dnnl.global.dnnl.dnnl_ldnc;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.jspecify.annotations.Nullable;

/**
 * The layouts of a layer's operands over T steps of N rows, one direction. Weights are left for the
 * kernel to choose.
 */
final class LayerLayouts implements AutoCloseable {
  final Layout x;
  final Layout h;
  final Layout c;
  final Layout inputWeight;
  final Layout hiddenWeight;
  final Layout projection;
  final Layout bias;
  final Layout y;
  final Layout dx;
  final Layout dh;
  final Layout dInputWeight;
  final Layout dHiddenWeight;
  final Layout dProjection;
  final Layout dy;
  private final LayerShape shape;

  LayerLayouts(LayerShape s, int steps, int batch) {
    shape = s;
    NativeType type = s.type();
    int k = s.columns();
    x = Layout.rows(type, s.inputPitch(), steps, batch, k);
    h = Layout.of(type, dnnl_ldnc, 1, 1, batch, s.state());
    c = Layout.of(NativeType.F32, dnnl_ldnc, 1, 1, batch, s.hidden());
    inputWeight = Layout.any(type, 1, 1, k, s.gates(), s.hidden());
    hiddenWeight = Layout.any(type, 1, 1, s.state(), s.gates(), s.hidden());
    projection = Layout.any(type, 1, 1, s.hidden(), s.state());
    bias = Layout.of(NativeType.F32, dnnl_ldgo, 1, 1, s.biases(), s.hidden());
    y = Layout.rows(type, s.outputPitch(), steps, batch, s.state());
    dx = Layout.rows(NativeType.F32, s.inputPitch(), steps, batch, k);
    dh = Layout.of(NativeType.F32, dnnl_ldnc, 1, 1, batch, s.state());
    dInputWeight = Layout.any(NativeType.F32, 1, 1, k, s.gates(), s.hidden());
    dHiddenWeight = Layout.any(NativeType.F32, 1, 1, s.state(), s.gates(), s.hidden());
    dProjection = Layout.any(NativeType.F32, 1, 1, s.hidden(), s.state());
    dy = Layout.rows(NativeType.F32, s.outputPitch(), steps, batch, s.state());
  }

  /** The projection's descriptor, or the null by which oneDNN knows that there is none. */
  @Nullable dnnl_memory_desc projectionOrNone() {
    return shape.projects() ? projection.desc() : null;
  }

  /** The descriptor of the projection's gradient, or null if there is none. */
  @Nullable dnnl_memory_desc dProjectionOrNone() {
    return shape.projects() ? dProjection.desc() : null;
  }

  @Override
  public void close() {
    for (Layout l :
        new Layout[] {
          x,
          h,
          c,
          inputWeight,
          hiddenWeight,
          projection,
          bias,
          y,
          dx,
          dh,
          dInputWeight,
          dHiddenWeight,
          dProjection,
          dy
        }) {
      l.close();
    }
  }
}
