/** Models that turn text into labels, tags or text. */
@NullMarked
package dev.carousel.task;

import org.jspecify.annotations.NullMarked;
