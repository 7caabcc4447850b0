/**
 * Parameters, and the operations of a model on them, taped for training or run plainly. Read {@link
 * dev.carousel.autograd.Ops} first.
 */
@NullMarked
package dev.carousel.autograd;

import org.jspecify.annotations.NullMarked;
