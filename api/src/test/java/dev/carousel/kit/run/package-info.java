/**
 * Random cases, running a backend on them, and measuring how far its results are from others; free
 * of any test framework, so that a tool can compare backends with the same code. Read {@link
 * dev.carousel.kit.run.RnnCase} first.
 */
@NullMarked
package dev.carousel.kit.run;

import org.jspecify.annotations.NullMarked;
