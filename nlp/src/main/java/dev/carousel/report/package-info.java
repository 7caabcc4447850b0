/**
 * What a run writes for people to look at. Read {@link dev.carousel.report.CurvesPng} first.
 *
 * <p>Charts decorate: where they cannot be drawn, for want of a graphics library, a font or disk
 * space, one sentence says so and the run goes on.
 */
@NullMarked
package dev.carousel.report;

import org.jspecify.annotations.NullMarked;
