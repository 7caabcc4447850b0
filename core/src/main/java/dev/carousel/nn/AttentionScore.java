package dev.carousel.nn;

/** How well a decoder's state q and one encoded step m go together, before the softmax. */
public enum AttentionScore {
  /** {@code qᵀ m}; both must have the same number of features (Luong et al. 2015). */
  DOT,
  /** {@code qᵀ W m} (ibid.). */
  GENERAL,
  /** {@code eᵀ tanh(U q + W m + b)} (Bahdanau et al. 2015). */
  ADDITIVE
}
