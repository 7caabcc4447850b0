package dev.carousel.autograd;

/**
 * The weights of one direction of one recurrent layer, apart, for cells that are computed by single
 * operations. G gates, H units, C input features.
 *
 * @param inputWeight W, [G·H, C]
 * @param hiddenWeight U, [G·H, H]
 * @param inputBias b, [G·H]
 * @param hiddenBias b', [G·H]
 */
public record CellParameter(
    Parameter inputWeight, Parameter hiddenWeight, Parameter inputBias, Parameter hiddenBias) {}
