/**
 * The contract test kit: every rule of {@link dev.carousel.spi} as tests that any backend can run.
 * Read {@link dev.carousel.kit.ContractSuite} first; a backend's module extends it and says how the
 * backend is opened. Each rule is an interface whose tests bear its number, so that a failure names
 * the promise that was broken.
 */
@NullMarked
package dev.carousel.kit;

import org.jspecify.annotations.NullMarked;
