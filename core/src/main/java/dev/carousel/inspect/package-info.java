/**
 * A look inside recurrent networks: what the gates did at each step, and how far gradients reach
 * back in time. Fused kernels keep neither, so both are computed again in double precision, from
 * the weights and from what a step showed its {@link dev.carousel.autograd.Observer}; layers that
 * are unrolled have both. Read {@link dev.carousel.inspect.Recorder} first; {@link
 * dev.carousel.inspect.GradientFlow} compares networks.
 */
@NullMarked
package dev.carousel.inspect;

import org.jspecify.annotations.NullMarked;
