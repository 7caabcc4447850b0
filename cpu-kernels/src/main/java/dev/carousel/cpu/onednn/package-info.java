/** The backend on top of oneDNN. */
@NullMarked
package dev.carousel.cpu.onednn;

import org.jspecify.annotations.NullMarked;
