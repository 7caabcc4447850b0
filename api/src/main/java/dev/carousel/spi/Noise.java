package dev.carousel.spi;

import dev.carousel.tensor.Tensor;

/**
 * Where the random bits of one dropout come from. Bits are a pure function ({@link Philox}) of
 * (seed, step, site, index), so every backend drops the same units and backward needs no mask.
 *
 * @param state I32 [3] in the backend's memory: low and high half of the seed, and the step
 * @param site which dropout of the step this is; distinct within a step
 */
public record Noise(Tensor state, int site) {}
