/** The backend for NVIDIA GPUs: finding the driver, the runtime, cuBLAS and cuDNN. */
@NullMarked
package dev.carousel.cuda;

import org.jspecify.annotations.NullMarked;
