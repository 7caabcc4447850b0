/**
 * The backend for NVIDIA GPUs. Read {@link dev.carousel.cuda.CudaProvider} first.
 *
 * <p>{@code CudaBackend} is a sum of kernel groups on one {@code Gpu}, which starts all work on one
 * stream. NVIDIA's libraries are behind three small interfaces, {@code Driver}, {@code Dnn} and
 * {@code Blas}, so that everything else is tested without a GPU.
 */
@NullMarked
package dev.carousel.cuda;

import org.jspecify.annotations.NullMarked;
