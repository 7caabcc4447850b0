/** Layers, losses and initial weights. */
@NullMarked
package dev.carousel.nn;

import org.jspecify.annotations.NullMarked;
