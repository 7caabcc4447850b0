/**
 * What a backend promises: about thirty coarse kernels in forward/backward pairs. Read {@link
 * dev.carousel.spi.Backend} first, then {@link dev.carousel.spi.RnnPlan}.
 *
 * <p>The rules, each with tests of its number in the contract test kit:
 *
 * <ul>
 *   <li>R1 values are time-major.
 *   <li>R2 gates lie in the order of {@link dev.carousel.rnn.Cell}.
 *   <li>R3 weights are one flat buffer laid out by {@link dev.carousel.rnn.WeightLayout}; another
 *       packing is made by {@code pack} and {@code refresh}, never inside a call.
 *   <li>R4 gradients of parameters are added to what is there, gradients of activations are
 *       written.
 *   <li>R5 beyond a row's length y = 0 and dx = 0; the last state is the state after step length −
 *       1; the direction that reads backwards starts at step length − 1; a row of length 0 is
 *       legal: its last state is its initial state, and the gradients likewise.
 *   <li>R6 nothing is allocated after {@code plan} and {@code pack}: all memory is the caller's.
 *   <li>R7 inputs and outputs may not overlap unless the kernel says so.
 *   <li>R8 a wrong shape is an {@link java.lang.IllegalArgumentException} that names both shapes,
 *       before anything is launched; a failure of the device is a {@link
 *       dev.carousel.spi.BackendException} that names the call and its status.
 *   <li>R9 what a backend cannot do is known from its availability or when a plan is made ({@link
 *       dev.carousel.spi.UnsupportedSpecException}), never midway, and never done silently slower.
 *   <li>R10 the same seed, backend, device, JVM, library versions and thread count give the same
 *       bits; a replay gives the bits of the eager run.
 * </ul>
 */
@NullMarked
package dev.carousel.spi;

import org.jspecify.annotations.NullMarked;
