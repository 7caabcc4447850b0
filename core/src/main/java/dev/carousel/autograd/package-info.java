/** The tape that records kernel calls and walks them backwards. */
@NullMarked
package dev.carousel.autograd;

import org.jspecify.annotations.NullMarked;
