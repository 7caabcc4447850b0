/**
 * The backend for NVIDIA GPUs. Read {@link dev.carousel.cuda.CudaProvider} first.
 *
 * <p>In this version it finds the driver, the CUDA runtime, the GPUs, cuBLAS and cuDNN and explains
 * what is missing; its kernels are not built yet, so it is never available.
 */
@NullMarked
package dev.carousel.cuda;

import org.jspecify.annotations.NullMarked;
