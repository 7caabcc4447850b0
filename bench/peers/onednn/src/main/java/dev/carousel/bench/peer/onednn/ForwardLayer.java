package dev.carousel.bench.peer.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import dev.carousel.rnn.WeightRole;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.lbr_gru_forward;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;

/** The forward primitive of a layer, its weights packed as it wants them. */
final class ForwardLayer {
  final DnnlLayer shape;
  final lstm_forward.@Nullable primitive_desc lstm;
  final lbr_gru_forward.@Nullable primitive_desc gru;
  final Packing[] packings;
  final memory bias;
  final memory y;
  final State first;
  final State last;
  final String implementation;
  final @Nullable memory workspace;
  private final primitive code;
  final memory x;

  /** A state, c null for a GRU. */
  record State(memory h, @Nullable memory c) {}

  /** Weights in our form, in the primitive's, and the copy from one to the other. */
  record Packing(memory plain, memory packed, Dnnl.Call refresh) {
    static Packing of(Dnnl dnnl, memory plain, memory.desc wanted) {
      memory packed = dnnl.memory(wanted);
      Packing p = new Packing(plain, packed, dnnl.copy(plain, packed));
      dnnl.run(p.refresh());
      return p;
    }
  }

  /**
   * @param first the state it starts from; zeros must be given in training, where oneDNN 3.11 gave
   *     a wrong gradient of U without
   */
  ForwardLayer(DnnlLayer shape, memory x, State first) {
    this.shape = shape;
    this.x = x;
    this.first = first;
    Dnnl dnnl = shape.dnnl;
    this.last = state(shape);
    this.y = dnnl.memory(shape.sequence(shape.type, shape.outputs()));
    this.bias = shape.bias();
    memory.desc w = shape.matrix(shape.type, memory.format_tag.any, shape.input);
    memory.desc u = shape.matrix(shape.type, memory.format_tag.any, shape.row.hidden());
    memory.desc h = shape.state(shape.type);
    memory.desc c = shape.state(DnnlLayer.F32);
    memory.desc in = shape.sequence(shape.type, shape.input);
    memory.desc out = shape.sequence(shape.type, shape.outputs());
    primitive_attr plain = dnnl.keep(new primitive_attr());
    var pass = DnnlLayer.pass(shape.row);
    memory.desc spare;
    memory.desc wantedW;
    memory.desc wantedU;
    if (shape.lstm()) {
      lstm =
          dnnl.keep(
              new lstm_forward.primitive_desc(
                  dnnl.processor,
                  pass,
                  shape.direction,
                  in,
                  h,
                  c,
                  w,
                  u,
                  shape.biasDesc(),
                  out,
                  h,
                  c,
                  plain,
                  false));
      gru = null;
      implementation = lstm.impl_info_str().getString();
      wantedW = lstm.weights_layer_desc();
      wantedU = lstm.weights_iter_desc();
      spare = lstm.workspace_desc();
      code = new lstm_forward(lstm);
    } else {
      gru =
          dnnl.keep(
              new lbr_gru_forward.primitive_desc(
                  dnnl.processor,
                  pass,
                  shape.direction,
                  in,
                  h,
                  w,
                  u,
                  shape.biasDesc(),
                  out,
                  h,
                  plain,
                  false));
      lstm = null;
      implementation = gru.impl_info_str().getString();
      wantedW = gru.weights_layer_desc();
      wantedU = gru.weights_iter_desc();
      spare = gru.workspace_desc();
      code = new lbr_gru_forward(gru);
    }
    packings =
        new Packing[] {
          Packing.of(dnnl, shape.plain(WeightRole.INPUT_WEIGHT), wantedW),
          Packing.of(dnnl, shape.plain(WeightRole.HIDDEN_WEIGHT), wantedU)
        };
    workspace = shape.row.task().trains() ? dnnl.memory(spare) : null;
  }

  /** A state of zeros. */
  static State state(DnnlLayer shape) {
    memory h = shape.dnnl.memory(shape.state(shape.type));
    memory c = shape.lstm() ? shape.dnnl.memory(shape.state(DnnlLayer.F32)) : null;
    return new State(h, c);
  }

  /** The call from one state to another. */
  Dnnl.Call call(State from, State to) {
    Map<Integer, memory> operands = new LinkedHashMap<>();
    operands.put(DNNL_ARG_SRC_LAYER, x);
    operands.put(DNNL_ARG_WEIGHTS_LAYER, packings[0].packed());
    operands.put(DNNL_ARG_WEIGHTS_ITER, packings[1].packed());
    operands.put(DNNL_ARG_BIAS, bias);
    operands.put(DNNL_ARG_DST_LAYER, y);
    put(operands, DNNL_ARG_WORKSPACE, workspace);
    operands.put(DNNL_ARG_SRC_ITER, from.h());
    put(operands, DNNL_ARG_SRC_ITER_C, from.c());
    operands.put(DNNL_ARG_DST_ITER, to.h());
    put(operands, DNNL_ARG_DST_ITER_C, to.c());
    return shape.dnnl.call(code, operands);
  }

  static void put(Map<Integer, memory> operands, int argument, @Nullable memory operand) {
    if (operand != null) {
      operands.put(argument, operand);
    }
  }
}
