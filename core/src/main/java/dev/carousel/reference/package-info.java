/**
 * The plain-Java backend: the oracle of the others, and what runs where there is no native library.
 * Whatever the storage, arithmetic is in double. Read {@link
 * dev.carousel.reference.ReferenceBackend} first, then {@code LstmCell} for a recurrence and {@code
 * Gemm} for where the time goes.
 */
@NullMarked
package dev.carousel.reference;

import org.jspecify.annotations.NullMarked;
