/**
 * The contract test kit at work: on the reference backend, and on backends with one fault each, all
 * of which it must catch. Read {@link dev.carousel.contract.Fault} first.
 */
@NullMarked
package dev.carousel.contract;

import org.jspecify.annotations.NullMarked;
