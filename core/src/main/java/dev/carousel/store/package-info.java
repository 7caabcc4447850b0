/**
 * Files that survive crashes and refuse damage: tensors, checkpoints and whole model directories.
 *
 * <p>Read {@link dev.carousel.store.SafeTensors} first for the tensor format, then {@link
 * dev.carousel.store.AtomicFiles} for what a crash leaves behind. Everything read here is treated
 * as hostile: sizes are compared with the file before memory is allocated, and every problem is a
 * {@link dev.carousel.store.StoreException}. No class name ever comes from a file.
 */
@NullMarked
package dev.carousel.store;

import org.jspecify.annotations.NullMarked;
