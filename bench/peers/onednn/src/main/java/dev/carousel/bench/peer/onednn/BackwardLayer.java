package dev.carousel.bench.peer.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.lbr_gru_backward;
import org.bytedeco.dnnl.lbr_gru_forward;
import org.bytedeco.dnnl.lstm_backward;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.Pointer;

/** The backward primitive of a layer, and its gradients brought back to our form. */
final class BackwardLayer {
  final memory dx;
  final memory dW;
  final memory dU;
  final memory dBias;
  final String implementation;
  private final Dnnl dnnl;
  private final memory packedW;
  private final memory packedU;
  private final ForwardLayer.Packing[] packings;
  private final Dnnl.Call call;
  private final List<Dnnl.Call> unpack;

  /**
   * @param dy the gradient of the layer's output, f32
   */
  BackwardLayer(ForwardLayer forward, memory dy) {
    DnnlLayer s = forward.shape;
    this.dnnl = s.dnnl;
    memory.data_type f32 = DnnlLayer.F32;
    this.dx = dnnl.memory(s.sequence(f32, s.input));
    this.dBias = dnnl.memory(s.biasDesc());
    Descs d = new Descs(s);
    primitive code;
    if (forward.lstm != null) {
      var desc = d.lstm(forward.lstm);
      implementation = desc.impl_info_str().getString();
      packings = pack(forward, desc.weights_layer_desc(), desc.weights_iter_desc());
      packedW = dnnl.memory(desc.diff_weights_layer_desc());
      packedU = dnnl.memory(desc.diff_weights_iter_desc());
      code = new lstm_backward(desc);
    } else if (forward.gru != null) {
      var desc = d.gru(forward.gru);
      implementation = desc.impl_info_str().getString();
      packings = pack(forward, desc.weights_layer_desc(), desc.weights_iter_desc());
      packedW = dnnl.memory(desc.diff_weights_layer_desc());
      packedU = dnnl.memory(desc.diff_weights_iter_desc());
      code = new lbr_gru_backward(desc);
    } else {
      throw new IllegalStateException("a layer without a primitive");
    }
    this.call = dnnl.call(code, operands(forward, dy));
    this.dW = dnnl.memory(s.matrix(f32, memory.format_tag.ldgoi, s.input));
    this.dU = dnnl.memory(s.matrix(f32, memory.format_tag.ldgoi, s.row.hidden()));
    this.unpack = List.of(dnnl.copy(packedW, dW), dnnl.copy(packedU, dU));
  }

  private ForwardLayer.Packing[] pack(ForwardLayer f, memory.desc w, memory.desc u) {
    return new ForwardLayer.Packing[] {
      ForwardLayer.Packing.of(dnnl, f.packings[0].plain(), w),
      ForwardLayer.Packing.of(dnnl, f.packings[1].plain(), u)
    };
  }

  /** All that a backward descriptor is made of. */
  private record Descs(DnnlLayer s) {
    lstm_backward.primitive_desc lstm(lstm_forward.primitive_desc hint) {
      memory.data_type f32 = DnnlLayer.F32;
      memory.format_tag any = memory.format_tag.any;
      memory.desc h = s.state(s.type);
      memory.desc c = s.state(f32);
      return s.dnnl.keep(
          new lstm_backward.primitive_desc(
              s.dnnl.processor,
              prop_kind.backward,
              s.direction,
              s.sequence(s.type, s.input),
              h,
              c,
              s.matrix(s.type, any, s.input),
              s.matrix(s.type, any, s.row.hidden()),
              s.biasDesc(),
              s.sequence(s.type, s.outputs()),
              h,
              c,
              s.sequence(f32, s.input),
              c,
              c,
              s.matrix(f32, any, s.input),
              s.matrix(f32, any, s.row.hidden()),
              s.biasDesc(),
              s.sequence(f32, s.outputs()),
              c,
              c,
              hint,
              s.dnnl.keep(new primitive_attr()),
              false));
    }

    lbr_gru_backward.primitive_desc gru(lbr_gru_forward.primitive_desc hint) {
      memory.data_type f32 = DnnlLayer.F32;
      memory.format_tag any = memory.format_tag.any;
      memory.desc h = s.state(s.type);
      memory.desc dh = s.state(f32);
      return s.dnnl.keep(
          new lbr_gru_backward.primitive_desc(
              s.dnnl.processor,
              prop_kind.backward,
              s.direction,
              s.sequence(s.type, s.input),
              h,
              s.matrix(s.type, any, s.input),
              s.matrix(s.type, any, s.row.hidden()),
              s.biasDesc(),
              s.sequence(s.type, s.outputs()),
              h,
              s.sequence(f32, s.input),
              dh,
              s.matrix(f32, any, s.input),
              s.matrix(f32, any, s.row.hidden()),
              s.biasDesc(),
              s.sequence(f32, s.outputs()),
              dh,
              hint,
              s.dnnl.keep(new primitive_attr()),
              false));
    }
  }

  private Map<Integer, memory> operands(ForwardLayer f, memory dy) {
    DnnlLayer s = f.shape;
    Map<Integer, memory> o = new LinkedHashMap<>();
    o.put(DNNL_ARG_SRC_LAYER, f.x);
    o.put(DNNL_ARG_SRC_ITER, f.first.h());
    ForwardLayer.put(o, DNNL_ARG_SRC_ITER_C, f.first.c());
    o.put(DNNL_ARG_WEIGHTS_LAYER, packings[0].packed());
    o.put(DNNL_ARG_WEIGHTS_ITER, packings[1].packed());
    o.put(DNNL_ARG_BIAS, f.bias);
    o.put(DNNL_ARG_DST_LAYER, f.y);
    o.put(DNNL_ARG_DST_ITER, f.last.h());
    ForwardLayer.put(o, DNNL_ARG_DST_ITER_C, f.last.c());
    ForwardLayer.put(o, DNNL_ARG_WORKSPACE, f.workspace);
    o.put(DNNL_ARG_DIFF_SRC_LAYER, dx);
    o.put(DNNL_ARG_DIFF_WEIGHTS_LAYER, packedW);
    o.put(DNNL_ARG_DIFF_WEIGHTS_ITER, packedU);
    o.put(DNNL_ARG_DIFF_BIAS, dBias);
    o.put(DNNL_ARG_DIFF_DST_LAYER, dy);
    memory.desc state = s.state(DnnlLayer.F32);
    o.put(DNNL_ARG_DIFF_SRC_ITER, dnnl.memory(state));
    o.put(DNNL_ARG_DIFF_DST_ITER, dnnl.memory(state));
    if (s.lstm()) {
      o.put(DNNL_ARG_DIFF_SRC_ITER_C, dnnl.memory(state));
      o.put(DNNL_ARG_DIFF_DST_ITER_C, dnnl.memory(state));
    }
    return o;
  }

  /** Packs the weights again, as after an update. */
  void repack() {
    for (ForwardLayer.Packing p : packings) {
      dnnl.run(p.refresh());
    }
  }

  /** Runs it from zero gradients, to which oneDNN adds. */
  void run() {
    for (memory m : List.of(packedW, packedU, dBias)) {
      Pointer.memset(m.get_data_handle(), 0, m.get_desc().get_size());
    }
    dnnl.run(call);
    unpack.forEach(dnnl::run);
  }
}
