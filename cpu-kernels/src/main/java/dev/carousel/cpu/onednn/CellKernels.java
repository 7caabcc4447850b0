package dev.carousel.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_backward;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_gru_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_gru_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_lbr_gru_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_lbr_gru_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_lstm_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_lstm_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_rnn_flags_diff_weights_overwrite;
import static org.bytedeco.dnnl.global.dnnl.dnnl_rnn_flags_undef;
import static org.bytedeco.dnnl.global.dnnl.dnnl_unidirectional_left2right;
import static org.bytedeco.dnnl.global.dnnl.dnnl_vanilla_rnn_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_vanilla_rnn_forward_primitive_desc_create;

import dev.carousel.rnn.Cell;
import dev.carousel.spi.Pass;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/**
 * oneDNN's recurrent primitives, one per cell and pass, always one layer read from left to right
 * with explicit states: without them the 3.11 LSTM computes a wrong gradient of U.
 */
final class CellKernels {
  private static final int L2R = dnnl_unidirectional_left2right;

  private final dnnl_engine engine;
  private final LayerShape shape;
  private final LayerLayouts io;

  CellKernels(Engine engine, LayerShape shape, LayerLayouts io) {
    this.engine = engine.handle();
    this.shape = shape;
    this.io = io;
  }

  Kernel forward(Pass pass) {
    int kind = pass == Pass.TRAINING ? dnnl_forward_training : dnnl_forward_inference;
    return Kernel.compile(
        "forward " + shape.cell() + " in " + shape.type(),
        (out, attr) ->
            switch (shape.cell()) {
              case LSTM -> lstmForward(out, attr, kind);
              case GRU -> gruForward(out, attr, kind);
              case GRU_RESET_BEFORE -> gruResetBeforeForward(out, attr, kind);
              case RNN_TANH, RNN_RELU -> vanillaForward(out, attr, kind);
            });
  }

  /**
   * @param forward the kernel whose reserve it will read
   */
  Kernel backward(Kernel forward) {
    dnnl_primitive_desc hint = forward.desc();
    return Kernel.compile(
        "backward " + shape.cell() + " in " + shape.type(),
        (out, attr) ->
            switch (shape.cell()) {
              case LSTM -> lstmBackward(out, attr, hint);
              case GRU -> gruBackward(out, attr, hint);
              case GRU_RESET_BEFORE -> gruResetBeforeBackward(out, attr, hint);
              case RNN_TANH, RNN_RELU -> vanillaBackward(out, attr, hint);
            });
  }

  private int lstmForward(dnnl_primitive_desc out, dnnl_primitive_attr attr, int kind) {
    return dnnl_lstm_forward_primitive_desc_create(
        out,
        engine,
        kind,
        L2R,
        io.x.desc(),
        io.h.desc(),
        io.c.desc(),
        io.inputWeight.desc(),
        io.hiddenWeight.desc(),
        null,
        io.projectionOrNone(),
        io.bias.desc(),
        io.y.desc(),
        io.h.desc(),
        io.c.desc(),
        dnnl_rnn_flags_undef,
        attr);
  }

  private int lstmBackward(
      dnnl_primitive_desc out, dnnl_primitive_attr attr, dnnl_primitive_desc hint) {
    return dnnl_lstm_backward_primitive_desc_create(
        out,
        engine,
        dnnl_backward,
        L2R,
        io.x.desc(),
        io.h.desc(),
        io.c.desc(),
        io.inputWeight.desc(),
        io.hiddenWeight.desc(),
        null,
        io.projectionOrNone(),
        io.bias.desc(),
        io.y.desc(),
        io.h.desc(),
        io.c.desc(),
        io.dx.desc(),
        io.dh.desc(),
        io.c.desc(),
        io.dInputWeight.desc(),
        io.dHiddenWeight.desc(),
        null,
        io.dProjectionOrNone(),
        io.bias.desc(),
        io.dy.desc(),
        io.dh.desc(),
        io.c.desc(),
        weightGradientFlags(),
        hint,
        attr);
  }

  private int gruForward(dnnl_primitive_desc out, dnnl_primitive_attr attr, int kind) {
    return dnnl_lbr_gru_forward_primitive_desc_create(
        out,
        engine,
        kind,
        L2R,
        io.x.desc(),
        io.h.desc(),
        io.inputWeight.desc(),
        io.hiddenWeight.desc(),
        io.bias.desc(),
        io.y.desc(),
        io.h.desc(),
        dnnl_rnn_flags_undef,
        attr);
  }

  private int gruBackward(
      dnnl_primitive_desc out, dnnl_primitive_attr attr, dnnl_primitive_desc hint) {
    return dnnl_lbr_gru_backward_primitive_desc_create(
        out,
        engine,
        dnnl_backward,
        L2R,
        io.x.desc(),
        io.h.desc(),
        io.inputWeight.desc(),
        io.hiddenWeight.desc(),
        io.bias.desc(),
        io.y.desc(),
        io.h.desc(),
        io.dx.desc(),
        io.dh.desc(),
        io.dInputWeight.desc(),
        io.dHiddenWeight.desc(),
        io.bias.desc(),
        io.dy.desc(),
        io.dh.desc(),
        weightGradientFlags(),
        hint,
        attr);
  }

  private int gruResetBeforeForward(dnnl_primitive_desc out, dnnl_primitive_attr attr, int kind) {
    return dnnl_gru_forward_primitive_desc_create(
        out,
        engine,
        kind,
        L2R,
        io.x.desc(),
        io.h.desc(),
        io.inputWeight.desc(),
        io.hiddenWeight.desc(),
        io.bias.desc(),
        io.y.desc(),
        io.h.desc(),
        dnnl_rnn_flags_undef,
        attr);
  }

  private int gruResetBeforeBackward(
      dnnl_primitive_desc out, dnnl_primitive_attr attr, dnnl_primitive_desc hint) {
    return dnnl_gru_backward_primitive_desc_create(
        out,
        engine,
        dnnl_backward,
        L2R,
        io.x.desc(),
        io.h.desc(),
        io.inputWeight.desc(),
        io.hiddenWeight.desc(),
        io.bias.desc(),
        io.y.desc(),
        io.h.desc(),
        io.dx.desc(),
        io.dh.desc(),
        io.dInputWeight.desc(),
        io.dHiddenWeight.desc(),
        io.bias.desc(),
        io.dy.desc(),
        io.dh.desc(),
        weightGradientFlags(),
        hint,
        attr);
  }

  private int vanillaForward(dnnl_primitive_desc out, dnnl_primitive_attr attr, int kind) {
    return dnnl_vanilla_rnn_forward_primitive_desc_create(
        out,
        engine,
        kind,
        activation(),
        L2R,
        io.x.desc(),
        io.h.desc(),
        io.inputWeight.desc(),
        io.hiddenWeight.desc(),
        io.bias.desc(),
        io.y.desc(),
        io.h.desc(),
        dnnl_rnn_flags_undef,
        0,
        0,
        attr);
  }

  private int vanillaBackward(
      dnnl_primitive_desc out, dnnl_primitive_attr attr, dnnl_primitive_desc hint) {
    return dnnl_vanilla_rnn_backward_primitive_desc_create(
        out,
        engine,
        dnnl_backward,
        activation(),
        L2R,
        io.x.desc(),
        io.h.desc(),
        io.inputWeight.desc(),
        io.hiddenWeight.desc(),
        io.bias.desc(),
        io.y.desc(),
        io.h.desc(),
        io.dx.desc(),
        io.dh.desc(),
        io.dInputWeight.desc(),
        io.dHiddenWeight.desc(),
        io.bias.desc(),
        io.dy.desc(),
        io.dh.desc(),
        weightGradientFlags(),
        0,
        0,
        hint,
        attr);
  }

  private int activation() {
    return shape.cell() == Cell.RNN_RELU ? dnnl_eltwise_relu : dnnl_eltwise_tanh;
  }

  /** Overwriting saves clearing the gradients first, but the bfloat16 kernels cannot. */
  private int weightGradientFlags() {
    return overwritesWeightGradients(shape)
        ? dnnl_rnn_flags_diff_weights_overwrite
        : dnnl_rnn_flags_undef;
  }

  /**
   * Whether backward writes the gradients of W, U and the projection rather than adding to them.
   */
  static boolean overwritesWeightGradients(LayerShape shape) {
    return shape.type() == NativeType.F32 && !shape.projects();
  }
}
