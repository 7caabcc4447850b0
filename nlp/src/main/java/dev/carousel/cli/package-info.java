/** The command line. */
@NullMarked
package dev.carousel.cli;

import org.jspecify.annotations.NullMarked;
