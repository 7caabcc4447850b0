/**
 * The plain-Java backend, the readable specification that every other backend is tested against.
 */
@NullMarked
package dev.carousel.reference;

import org.jspecify.annotations.NullMarked;
