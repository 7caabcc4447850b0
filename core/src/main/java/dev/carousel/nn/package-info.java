/**
 * Layers: what holds parameters and knows how to apply them. Each is built from a {@link
 * dev.carousel.autograd.ParameterSet.Builder} and applied through {@link
 * dev.carousel.autograd.Ops}. Read {@link dev.carousel.nn.Recurrent} first.
 */
@NullMarked
package dev.carousel.nn;

import org.jspecify.annotations.NullMarked;
