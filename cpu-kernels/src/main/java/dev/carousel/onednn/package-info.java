/** The backend on top of oneDNN. */
@NullMarked
package dev.carousel.onednn;

import org.jspecify.annotations.NullMarked;
