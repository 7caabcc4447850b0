/**
 * What the bundle for offline GPU hosts runs: the contract kit, the parity suite and the benchmark,
 * into one report. Read {@link dev.carousel.bench.gpu.GpuCheck} first.
 */
@NullMarked
package dev.carousel.bench.gpu;

import org.jspecify.annotations.NullMarked;
