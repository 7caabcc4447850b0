package dev.carousel.cuda;

import java.util.Locale;

/** Our own kernels, by the names they have in {@code kernels/*.cu}. */
enum Kernel {
  FILL_F32(Threads.ALONE),
  FILL_F64(Threads.ALONE),
  FILL_I32(Threads.ALONE),
  CAST_F32_F16(Threads.ALONE),
  CAST_F16_F32(Threads.ALONE),
  CAST_F32_BF16(Threads.ALONE),
  CAST_BF16_F32(Threads.ALONE),
  ADD(Threads.ALONE),
  ADD_SCALED(Threads.ALONE),
  MULTIPLY(Threads.ALONE),
  CLAMP(Threads.ALONE),
  ACTIVATE(Threads.ALONE),
  ACTIVATE_BACKWARD(Threads.ALONE),
  COPY_COLUMNS(Threads.ALONE),
  GATHER(Threads.ALONE),
  SCATTER_FIRST(Threads.ALONE),
  SCATTER_ADD(Threads.TOGETHER),
  DROPOUT(Threads.ALONE),
  DROP_ROWS(Threads.ALONE),
  ADVANCE_NOISE(Threads.ALONE),
  POOL(Threads.ALONE),
  POOL_BACKWARD(Threads.ALONE),
  ATTENTION(Threads.TOGETHER),
  ATTENTION_SCORES_BACKWARD(Threads.TOGETHER),
  ATTENTION_KEYS_BACKWARD(Threads.ALONE),
  ADDITIVE_ATTENTION(Threads.TOGETHER),
  ADDITIVE_ATTENTION_SCORES_BACKWARD(Threads.TOGETHER),
  ADDITIVE_ATTENTION_KEYS_BACKWARD(Threads.ALONE),
  LAYER_NORM(Threads.TOGETHER),
  LAYER_NORM_BACKWARD(Threads.TOGETHER),
  LAYER_NORM_GAIN(Threads.ALONE),
  PROBABILITIES(Threads.TOGETHER),
  SOFTMAX_WEIGHT(Threads.TOGETHER),
  SOFTMAX_LOSS(Threads.TOGETHER),
  SIGMOID_COUNT(Threads.TOGETHER),
  SIGMOID_LOSS(Threads.TOGETHER),
  FOCAL_SOFTMAX_LOSS(Threads.TOGETHER),
  FOCAL_SIGMOID_LOSS(Threads.TOGETHER),
  REGRESSION_COUNT(Threads.TOGETHER),
  REGRESSION_LOSS(Threads.TOGETHER),
  SUM_PARTS(Threads.TOGETHER),
  COLUMN_PARTS(Threads.ALONE),
  ADD_COLUMNS(Threads.ALONE),
  SQUARES(Threads.TOGETHER),
  CLIP_FACTOR(Threads.TOGETHER),
  ADVANCE_STEP(Threads.ALONE),
  ADAM(Threads.ALONE),
  SGD(Threads.ALONE),
  CRF_ROWS(Threads.TOGETHER),
  CRF_FORWARD(Threads.TOGETHER),
  CRF_BACKWARD(Threads.TOGETHER),
  CRF_ADD_TRANSITIONS(Threads.ALONE),
  VITERBI(Threads.TOGETHER),
  ARRANGE_F32_F32(Threads.ALONE),
  ARRANGE_F32_F16(Threads.ALONE),
  ARRANGE_F16_F16(Threads.ALONE),
  ARRANGE_F16_F32(Threads.ALONE),
  ARRANGE_F32_BF16(Threads.ALONE),
  ARRANGE_BF16_BF16(Threads.ALONE),
  ARRANGE_BF16_F32(Threads.ALONE),
  JOIN_F32_F32(Threads.ALONE),
  JOIN_F16_F16(Threads.ALONE),
  JOIN_F16_F32(Threads.ALONE),
  JOIN_BF16_BF16(Threads.ALONE),
  JOIN_BF16_F32(Threads.ALONE),
  LAST_STEP_F32(Threads.ALONE),
  LAST_STEP_F16(Threads.ALONE),
  LAST_STEP_BF16(Threads.ALONE),
  KEEP_EMPTY_F32(Threads.ALONE),
  KEEP_EMPTY_F16(Threads.ALONE),
  KEEP_EMPTY_BF16(Threads.ALONE),
  PACK_F32(Threads.ALONE),
  PACK_F16(Threads.ALONE),
  PACK_BF16(Threads.ALONE),
  UNPACK_ADD_F32(Threads.ALONE),
  UNPACK_ADD_F16(Threads.ALONE),
  UNPACK_ADD_BF16(Threads.ALONE),
  SET_COLUMN_F32(Threads.ALONE),
  SET_COLUMN_F16(Threads.ALONE),
  SET_COLUMN_BF16(Threads.ALONE);

  /** Whether the threads of a block wait for each other. */
  enum Threads {
    /** Never. */
    ALONE,
    /** At barriers and in exchanges within a warp. */
    TOGETHER
  }

  private final Threads threads;

  Kernel(Threads threads) {
    this.threads = threads;
  }

  /** Its name in the source. */
  String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How its threads work. */
  Threads threads() {
    return threads;
  }
}
